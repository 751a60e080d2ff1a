import { readFileSync } from 'node:fs'
import { expect, it, vi } from 'vitest'
import { createClient } from './client.ts'
import { recordsOf, reportOf } from './resources/report.ts'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor as new (
  ...source: string[]
) => (...values: unknown[]) => Promise<void> // the type library has no name for it

it('runs the first example of the README as it is written', async () => {
  const [, example = ''] = /```ts\n([\s\S]*?)```/.exec(readme) ?? []
  expect(example).toContain("import { createClient } from '@nobishiro/sdk'\n")
  const log = vi.fn()
  const run = new AsyncFunction('createClient', 'console', example.replace(/^import .*\n/m, ''))
  await run(createClient, { log })
  const lines = log.mock.calls.map((words) => words.join(' '))
  expect(lines[0]).toMatch(/^NRR \d\.\d+, GRR 0\.\d+$/)
  expect(lines).toContain('adds up: true')
  expect(lines.at(-1)).toMatch(/^\S.* \d+ \d+$/)
})

it('runs the report of the README as it is written', async () => {
  const example =
    [...readme.matchAll(/```ts\n([\s\S]*?)```/g)]
      .map(([, code = '']) => code)
      .find((code) => code.includes('reportOf(')) ?? ''
  const log = vi.fn()
  const run = new AsyncFunction(
    'createClient',
    'reportOf',
    'recordsOf',
    'console',
    example.replace(/^import .*\n/m, ''),
  )
  await run(createClient, reportOf, recordsOf, { log })
  const lines = log.mock.calls.map((words) => words.join(' '))
  expect(lines.length).toBeGreaterThan(2)
  for (const line of lines) expect(line).toMatch(/^\S.* \d+ (\d+(\.\d+)?|not defined)$/)
  expect(lines.at(-1)).toMatch(/^all plans /)
})
