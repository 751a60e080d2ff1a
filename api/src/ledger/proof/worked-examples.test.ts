import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from '../../testing/root.ts'
import { OUT_OF_SCOPE } from './testing/example.ts'
import { levelExamples } from './testing/level-examples.ts'
import { movementExamples } from './testing/movement-examples.ts'
import { ratioExamples } from './testing/ratio-examples.ts'

const EXAMPLES = [...levelExamples, ...movementExamples, ...ratioExamples]

const file = join(root, '../shared/data/worked-examples.json')
const isAbsent = !existsSync(file) && !process.env['CI']

type Published = { id: string; title: string; source: string; independent: unknown }
const published: Published[] = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : []

const recomputed = (id: string): unknown => published.find((example) => example.id === id)?.independent

/** Numbers, lists and records of numbers, each within half of the last digit that is shown. */
function expectNear(found: unknown, expected: unknown, within: number): void {
  if (typeof expected === 'number') {
    expect(typeof found).toBe('number')
    expect(Math.abs((found as number) - expected), `${found} against ${expected}`).toBeLessThanOrEqual(within)
    return
  }
  expect(Object.keys(found as object)).toEqual(Object.keys(expected as object))
  for (const [key, value] of Object.entries(expected as object)) {
    expectNear((found as Record<string, unknown>)[key], value, within)
  }
}

describe.skipIf(isAbsent)(`worked examples of public documentation (${file})`, () => {
  it('are all computed, or left out for a reason, and none twice', () => {
    expect(published.length).toBeGreaterThanOrEqual(40)
    const listed = [...EXAMPLES.map(({ id }) => id), ...Object.keys(OUT_OF_SCOPE)]
    expect([...listed].sort()).toEqual(published.map(({ id }) => id).sort())
    for (const reason of Object.values(OUT_OF_SCOPE)) expect(reason).toMatch(/^\p{Lu}.{30,}\.$/u)
  })

  it.each(EXAMPLES)('$id', ({ id, ours, of, within, differs }) => {
    const theirs = of ? of(recomputed(id) as never) : recomputed(id)
    const found = ours()
    if (!differs) return expectNear(found, theirs, within)
    // Another definition: our number is another, and a sentence says why.
    expectNear(found, differs.expected, within)
    expect(() => expectNear(found, theirs, within)).toThrow()
    expect(differs.because).toMatch(/^\p{Lu}.{30,}\.$/u)
  })
})
