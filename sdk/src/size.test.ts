import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build, type Rolldown } from 'vite'
import { expect, it } from 'vitest'

const sdk = fileURLToPath(new URL('./index.ts', import.meta.url))

/** The code that one line of host code loads at once, minified. */
async function loadedBy(code: string): Promise<string> {
  const host = {
    name: 'host',
    resolveId: (id: string) => (id.endsWith('/host') ? '\0host' : null),
    load: (id: string) => (id === '\0host' ? code : null),
  }
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    plugins: [host],
    // The server build leaves out Vite's own preload helper, which is the host's and not ours.
    build: { write: false, minify: true, target: 'es2022', ssr: './host' },
  })
  const { output } = built as Rolldown.RolldownOutput // one build, not watched
  const [entry] = output
  const chunks = output.filter((file) => file.type === 'chunk')
  return chunks
    .filter(({ fileName }) => fileName === entry.fileName || entry.imports.includes(fileName))
    .map((chunk) => chunk.code)
    .join('\n')
}

it('is at most 4 kB compressed, and brings the sandbox only when it is used', async () => {
  const code = await loadedBy(`export { createClient } from ${JSON.stringify(sdk)}`)
  expect(code).toContain('Viewer@')
  expect(code).not.toContain('Aozora')
  expect(gzipSync(code).length).toBeLessThanOrEqual(4096)
})

it('leaves out what the host does not import', async () => {
  const code = await loadedBy(`export { NobishiroError } from ${JSON.stringify(sdk)}`)
  expect(code).toContain('NobishiroError')
  expect(code.length).toBeLessThan(600)
})
