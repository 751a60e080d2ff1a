import { createHash } from 'node:crypto'
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { hashFiles } from './hash-files.mjs'
import { root } from './run.mjs'

const FOLDER = join(root, 'api/dist')
const SOURCES = [
  'api/src',
  'prisma/src',
  'prisma/generated',
  'sdk/src',
  'examples/admin-console/server',
  'tools/server-bundle.mjs',
  'pnpm-lock.yaml',
]
const ENTRY = 'nobishiro.js'
const DAY_MS = 86_400_000
/** How a module names the module of a thread. */
const THREAD = /new URL\('(\.\/[\w-]+-worker\.ts)', import\.meta\.url\)/g

/**
 * Address of the server and what it depends on in a few files, which load in a third of the time of its thousand modules.
 * They are made, in about a second, when sources or dependencies changed or the repository was moved.
 */
export async function serverBundle(into = FOLDER) {
  const key = createHash('sha256').update(hashFiles(root, SOURCES)).update(root).digest('hex').slice(0, 16)
  const folder = join(into, key)
  if (!existsSync(join(folder, ENTRY))) await build(folder)
  return pathToFileURL(join(folder, ENTRY)).href
}

/** @param {string} folder */
async function build(folder) {
  const { build: bundle } = await import('rolldown')
  const unfinished = `${folder}.${process.pid}`
  await bundle({
    cwd: root,
    input: { nobishiro: 'api/src/cli/nobishiro.ts' },
    platform: 'node',
    resolve: { conditionNames: ['source', 'node'] },
    external: ['pg-native'],
    plugins: [{ name: 'own-address', transform: { filter: { code: 'import.meta.url' }, handler: withOwnAddress } }],
    // The embedded database's compiler runs code that its own build wrote.
    checks: { eval: false },
    output: { dir: unfinished, format: 'esm' },
    logLevel: 'warn',
  })
  // Whole or absent, also when two processes build at once.
  try {
    renameSync(unfinished, folder)
  } catch {
    rmSync(unfinished, { recursive: true })
  }
  removeOld(folder)
}

/**
 * A module still finds the files beside it: migrations, the embedded database's data. The module of a thread is bundled too.
 * @this {import('rolldown').PluginContext}
 * @param {string} code
 * @param {string} file
 */
function withOwnAddress(code, file) {
  const address = JSON.stringify(pathToFileURL(file.replace(/\?.*$/, '')).href)
  return code
    .replaceAll(THREAD, (_, path) => {
      const thread = this.emitFile({ type: 'chunk', id: join(dirname(file), path) })
      return `new URL(import.meta.ROLLUP_FILE_URL_${thread})`
    })
    .replaceAll('import.meta.url', address)
}

/**
 * Bundles of earlier sources, once no running process is likely to load more of them.
 * @param {string} current
 */
function removeOld(current) {
  for (const name of readdirSync(dirname(current))) {
    const folder = join(dirname(current), name)
    if (folder !== current && Date.now() - statSync(folder).mtimeMs > DAY_MS) rmSync(folder, { recursive: true })
  }
}
