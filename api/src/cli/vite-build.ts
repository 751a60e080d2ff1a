import { spawn } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import { hashFiles } from '../../../tools/hash-files.mjs'

export const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const STAMP = '.built-from'

/** Folders are named from the root. */
export type Recipe = {
  /** What is built, in words. */
  name: string
  /** Where Vite runs, and what it is told beside `build`. */
  from: string
  args?: readonly string[]
  to: string
  /** What it is made of. */
  sources: readonly string[]
}

export type Built = { folder: string; isBuilding: boolean; finished: Promise<void> }

/** What Vite built; when it is missing or older than its sources, a build of it has been started. */
export async function startBuild(recipe: Recipe): Promise<Built> {
  const folder = join(ROOT, recipe.to)
  const stamp = join(folder, STAMP)
  const wanted = hashFiles(ROOT, recipe.sources)
  if ((await readFile(stamp, 'utf8').catch(() => '')) === wanted)
    return { folder, isBuilding: false, finished: Promise.resolve() }
  const finished = build(recipe).then(() => writeFile(stamp, wanted))
  finished.catch(() => {}) // whoever waits for it is told
  return { folder, isBuilding: true, finished }
}

/** In a process of its own: the database keeps the other core. */
async function build({ name, from, args = [] }: Recipe): Promise<void> {
  const cwd = join(ROOT, from)
  const vite = dirname(createRequire(join(cwd, 'package.json')).resolve('vite/package.json'))
  const child = spawn(process.execPath, [join(vite, 'bin/vite.js'), 'build', '--logLevel', 'error', ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve))
  if (code !== 0) throw new Error(`${name} did not build:\n${stripVTControlCharacters(output).slice(0, 2_000)}`)
}
