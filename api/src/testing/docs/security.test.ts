import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { root } from '../root.ts'

const rows = readFileSync(join(root, 'docs/security.md'), 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, promise = '', file = '', title = ''] = /^\| (.+?) +\| `([^`]+)`: (.+?) +\|$/.exec(line) ?? []
    return promise ? [{ promise, file, title }] : []
  })

it('every promise has its proof', () => {
  const lines = readFileSync(join(root, 'docs/security.md'), 'utf8').split('\n')
  const promises = lines.filter((line) => /^\| (?!promise|-)/.test(line))
  expect(promises.length).toBeGreaterThan(25)
  expect(rows).toHaveLength(promises.length)
})

it.each(rows)('$promise', ({ file, title }) => {
  expect(readFileSync(join(root, file), 'utf8')).toContain(title)
})
