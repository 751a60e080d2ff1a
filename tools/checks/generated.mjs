import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root, run } from '../run.mjs'

/**
 * Contract files are checked in: generating them again must change nothing. The working tree is left as it was.
 * @returns {Promise<import('./code.mjs').Result>}
 */
export async function checkGenerated() {
  const before = readContract()
  const { code, output } = await run(process.execPath, ['tools/generate.mjs'])
  if (code !== 0) return { problems: [output] }
  const after = readContract()
  const names = new Set([...before.keys(), ...after.keys()])
  const stale = [...names].filter((name) => before.get(name) !== after.get(name))
  for (const name of stale) restore(name, before.get(name))
  return { problems: stale.map((name) => `${name} is not what the code generates.`), note: `${names.size} files` }
}

/** @returns {Map<string, string>} */
function readContract() {
  const generated = ['sdk/src/generated', 'sdk/src/sandbox/generated', 'api/src/access/documents/generated']
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
  return new Map(['api/schema.graphql', ...generated].map((name) => [name, readFileSync(join(root, name), 'utf8')]))
}

/** @param {string} name @param {string | undefined} text */
function restore(name, text) {
  const path = join(root, name)
  if (text === undefined) return rmSync(path)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}
