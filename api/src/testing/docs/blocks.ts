import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { root } from '../root.ts'

/** One fenced code block of a document. `given` is what an HTML comment `<!-- given: … -->` before it declares for the compiler. */
export type Block = { file: string; line: number; language: string; code: string; given: string }

/** Every Markdown file of the repository that people read, relative to its root. */
export const documents = markdownBelow(root)
  .map((path) => relative(root, path))
  .sort()

/** The fenced blocks of a document that are in one of these languages. */
export function blocksOf(file: string, languages: readonly string[]): Block[] {
  const text = readFileSync(join(root, file), 'utf8')
  return [...text.matchAll(/(?:<!-- given: ((?:(?!-->).)*)-->\s*)?^```(\w+)[^\n]*\n(.*?)^```$/gms)]
    .map(({ index, 0: whole, 1: given = '', 2: language = '', 3: code = '' }) => ({
      file,
      line: text.slice(0, index + whole.indexOf('```')).split('\n').length,
      language,
      code,
      given,
    }))
    .filter(({ language }) => languages.includes(language))
}

/** The text in single backticks, without the fenced blocks. */
export function inlineCodeOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8').replace(/^```.*?^```$/gms, '')
  return [...text.matchAll(/`([^`\n]+)`/g)].map((match) => match[1] ?? '')
}

function markdownBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory())
      return /^(node_modules|dist|generated|fixtures|\..*)$/.test(entry.name) ? [] : markdownBelow(path)
    return entry.name.endsWith('.md') && entry.name !== 'CHANGELOG.md' ? [path] : []
  })
}
