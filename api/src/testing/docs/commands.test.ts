import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { root } from '../root.ts'
import { blocksOf, documents, inlineCodeOf } from './blocks.ts'

const run = promisify(execFile)
const scripts = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts as Record<string, string>
const BUILT_IN = new Set(['install', 'add', 'exec', 'changeset', 'dlx'])

/** Every line that calls pnpm, as words after `pnpm`. */
const calls = documents.flatMap((file) => {
  const lines = blocksOf(file, ['sh', 'bash']).flatMap(({ code }) => code.replaceAll('\\\n', ' ').split('\n'))
  return [...lines, ...inlineCodeOf(file)].flatMap((line) => {
    const match = /(?:^|\s|=|\()(?:npx (?:-y )?pnpm@12|pnpm)\s+([a-z][^#|)]*)/.exec(line)
    return match ? [{ file, words: (match[1] ?? '').trim().split(/\s+/) }] : []
  })
})

it('every pnpm script that the documents name exists', () => {
  const unknown = calls.filter(({ words: [name = ''] }) => !(name in scripts) && !BUILT_IN.has(name))
  expect(unknown).toEqual([])
})

it('every file that a script runs exists', () => {
  const files = Object.values(scripts).flatMap((script) =>
    script.split(' ').filter((word) => /^[\w-]+\/.*\.\w+$/.test(word)),
  )
  expect(files.length).toBeGreaterThan(3)
  expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([])
})

const commands = new Set(
  calls
    .filter(({ words: [script, name = '<'] }) => script === 'nobishiro' && !name.startsWith('<'))
    .map(({ words }) => words.slice(1).join(' ')),
)
const helps = new Map<string, Promise<string>>()

it.each([...commands])('the command "nobishiro %s" exists, with its options', { timeout: 60_000 }, async (command) => {
  const given = command.split(' ')
  const path = await subcommands(given)
  const help = await helpOf(path)
  expect(listed(help), 'names a command, not a group of them').toBe('')
  for (const option of given.filter((word) => word.startsWith('--'))) expect(help).toContain(option.split('=')[0])
})

/** The leading words that are commands, according to the help of the command before. */
async function subcommands(words: string[]): Promise<string[]> {
  const path: string[] = []
  for (const word of words) {
    if (word.startsWith('-') || !new RegExp(`^ {2}${word}\\b`, 'm').test(listed(await helpOf(path)))) return path
    path.push(word)
  }
  return path
}

function listed(help: string): string {
  return help.split(/^Commands:$/m)[1] ?? ''
}

function helpOf(path: string[]): Promise<string> {
  const key = path.join(' ')
  const known = helps.get(key)
  if (known) return known
  const args = ['tools/nobishiro.mjs', ...path, '--help']
  const help = run(process.execPath, args, { cwd: root }).then(({ stdout }) => stdout)
  helps.set(key, help)
  return help
}
