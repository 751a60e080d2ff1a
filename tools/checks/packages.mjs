import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { pnpm, root, run } from '../run.mjs'

/** Largest size of a published entry with all that it loads at once, gzip, in kB; react and react-dom are the host's. */
const LIMITS = [
  { name: 'sdk', entry: 'sdk/dist/index.js', kB: 8 },
  { name: 'widgets', entry: 'widgets/dist/index.js', kB: 75 },
]

/**
 * Builds what is published, lets publint judge it and weighs it.
 * @returns {Promise<import('./code.mjs').Result>}
 */
export async function checkPackages() {
  /** @type {string[]} */
  const problems = []
  for (const name of ['sdk', 'widgets']) {
    const built = await run(pnpm, ['--filter', `@nobishiro/${name}`, 'build'])
    if (built.code !== 0) problems.push(built.output)
    else {
      const { code, output } = await run(join(root, 'node_modules/.bin/publint'), [name, '--strict', '--pack', 'false'])
      if (code !== 0) problems.push(output)
    }
  }
  const sizes = LIMITS.filter(({ entry }) => existsSync(join(root, entry))).map((limit) => ({
    ...limit,
    size: weigh(join(root, limit.entry)) / 1000,
  }))
  for (const { name, size, kB } of sizes) {
    if (size > kB) problems.push(`${name} weighs ${size.toFixed(1)} kB gzip, more than ${kB}.`)
  }
  return { problems, note: sizes.map(({ name, size }) => `${name} ${size.toFixed(1)} kB`).join(', ') }
}

/**
 * Gzip bytes of a module and of the files it imports statically.
 * @param {string} path
 * @param {Set<string>} [seen]
 * @returns {number}
 */
function weigh(path, seen = new Set()) {
  if (seen.has(path)) return 0
  seen.add(path)
  const code = readFileSync(path, 'utf8')
  const imports = [...code.matchAll(/(?:from|import)\s*["'](\.[^"']+)["']/g)].map((match) =>
    join(path, '..', match[1] ?? ''),
  )
  return imports.reduce((sum, file) => sum + weigh(file, seen), gzipSync(code).length)
}
