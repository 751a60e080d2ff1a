import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { root } from '../root.ts'
import { documents, inlineCodeOf } from './blocks.ts'

const FOLDERS = /^(api|sdk|widgets|examples|prisma|docs|tools|\.ci)\/[\w./-]+$/

it.each(documents)('every file that %s names exists', (file) => {
  const named = inlineCodeOf(file).filter((text) => FOLDERS.test(text))
  const near = join(root, dirname(file))
  expect(named.filter((path) => !existsSync(join(root, path)) && !existsSync(join(near, path)))).toEqual([])
})

it.each(documents)('every link of %s leads to a file', (file) => {
  const text = readFileSync(join(root, file), 'utf8')
  const links = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map((match) => match[1] ?? '')
  const local = links.filter((link) => !/^[a-z]+:/.test(link))
  expect(local.filter((link) => !existsSync(join(root, dirname(file), link)))).toEqual([])
})

it('every setting that the README lists is read by the server', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8')
  const settings = [...readme.matchAll(/^\| `([A-Z_]+)`/gm)].map((match) => match[1] ?? '')
  const env = readFileSync(join(root, 'api/src/env.ts'), 'utf8')
  expect(settings.length).toBeGreaterThan(0)
  expect(settings.filter((name) => !env.includes(name))).toEqual([])
})
