import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'

/** Nothing is built from these. */
const SKIPPED = new Set(['node_modules', 'dist', 'preview', 'testing', 'bench', '__screenshots__'])

/**
 * One hash over names and contents of these files, and of every source file in these folders: another when a build of them would be.
 * @param {string} root names are taken relative to it
 * @param {readonly string[]} paths files and folders, relative to `root`
 */
export function hashFiles(root, paths) {
  const hash = createHash('sha256')
  for (const file of paths.flatMap((path) => filesOf(join(root, path))).sort())
    hash.update(relative(root, file)).update('\0').update(readFileSync(file)).update('\0')
  return hash.digest('hex')
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function filesOf(path) {
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path, { withFileTypes: true })
    .filter(({ name }) => !SKIPPED.has(name) && !name.includes('.test.') && !name.startsWith('.'))
    .flatMap((entry) => (entry.isDirectory() || entry.isFile() ? filesOf(join(path, entry.name)) : []))
}
