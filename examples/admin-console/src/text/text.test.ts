import { expect, it } from 'vitest'
import { en } from './en.ts'
import { ja } from './ja.ts'

/** Every text with its path; functions are filled with words that are easy to find again. */
function entries(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value === 'function') return [[path, String(value('‹1›', '‹2›', '‹3›', '‹4›'))]]
  return Object.entries(value as object).flatMap(([key, inner]) => entries(inner, `${path}.${key}`))
}

const same = new Set([
  '.product',
  '.revenue.mrr',
  '.revenue.arr',
  '.customers.mrr',
  '.customer.mrr',
  '.customer.fromTo',
])
const english = new Map(entries(en))
const japanese = new Map(entries(ja))

it('has every text in both languages', () => {
  expect([...japanese.keys()].sort()).toEqual([...english.keys()].sort())
})

it.each([...english])('says %s in Japanese with the same figures', (path, text) => {
  const translated = japanese.get(path) ?? ''
  if (!same.has(path)) expect(translated).toMatch(/[぀-ヿ一-鿿]/)
  expect(translated.match(/‹\d›/g)?.sort()).toEqual(text.match(/‹\d›/g)?.sort())
})
