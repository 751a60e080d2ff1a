import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
export const CONSOLE = join(ROOT, 'examples/admin-console')
/** What the page is made of. */
const SOURCES = [CONSOLE, join(ROOT, 'sdk'), join(ROOT, 'widgets')]
const SKIPPED = new Set(['node_modules', 'dist', 'preview', 'testing', '__screenshots__'])
const STAMP = '.built-from'

export type Console = { folder: string; isBuilding: boolean; finished: Promise<void> }

/** The built example console; when it is missing or older than its sources, a build of it has been started. */
export async function startConsole(): Promise<Console> {
  const folder = join(CONSOLE, 'dist')
  const wanted = await hashOf(SOURCES)
  const found = await readFile(join(folder, STAMP), 'utf8').catch(() => '')
  if (found === wanted) return { folder, isBuilding: false, finished: Promise.resolve() }
  const finished = build().then(() => writeFile(join(folder, STAMP), wanted))
  finished.catch(() => {}) // whoever waits for it is told
  return { folder, isBuilding: true, finished }
}

/** In a process of its own: the database keeps the other core. */
async function build(): Promise<void> {
  const vite = dirname(createRequire(join(CONSOLE, 'package.json')).resolve('vite/package.json'))
  const child = spawn(process.execPath, [join(vite, 'bin/vite.js'), 'build', '--logLevel', 'error'], {
    cwd: CONSOLE,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve))
  if (code !== 0)
    throw new Error(`The example console did not build:\n${stripVTControlCharacters(output).slice(0, 2_000)}`)
}

async function hashOf(folders: readonly string[]): Promise<string> {
  const files = (await Promise.all(folders.map(filesOf))).flat().sort()
  const hash = createHash('sha256')
  for (const file of files)
    hash
      .update(relative(ROOT, file))
      .update('\0')
      .update(await readFile(file))
      .update('\0')
  return hash.digest('hex')
}

async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const found = entries
    .filter(({ name }) => !SKIPPED.has(name) && !name.includes('.test.') && !name.startsWith('.'))
    .map((entry) => (entry.isDirectory() ? filesOf(join(folder, entry.name)) : [join(folder, entry.name)]))
  return (await Promise.all(found)).flat()
}
