import { spawn } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import { hashFiles } from '../../../tools/hash-files.mjs'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
export const CONSOLE = join(ROOT, 'examples/admin-console')
/** What the page is made of. */
const SOURCES = ['examples/admin-console', 'sdk', 'widgets']
const STAMP = '.built-from'

export type Console = { folder: string; isBuilding: boolean; finished: Promise<void> }

/** The built example console; when it is missing or older than its sources, a build of it has been started. */
export async function startConsole(): Promise<Console> {
  const folder = join(CONSOLE, 'dist')
  const wanted = hashFiles(ROOT, SOURCES)
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
