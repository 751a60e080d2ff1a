import { expect, it } from 'vitest'
import { messagesOf } from '../i18n/messages.ts'
import type { Settings } from '../provider/settings.ts'
import { definitionName, provenanceOf } from './provenance.ts'

const settings = (language: 'en' | 'ja') =>
  ({ text: messagesOf(language), locale: language, timeZone: 'UTC' }) as Settings // nothing else is read
const source = {
  definition: 'nrr nobishiro/1',
  period: { start: '2026-10-01', end: '2026-11-01' },
  asOf: '2026-11-22T03:00:00Z',
  version: '7',
}

it.each([
  ['en', 'Completeness', 'restated', 'Restated since'],
  ['ja', '集計状況', '修正あり', '最終修正日'],
] as const)('a file of restated figures says so and since when, in %s', (language, title, word, since) => {
  const restated = { ...source, completeness: 'RESTATED', restatedSince: '2026-11-12T02:30:00Z' } as const
  const lines = new Map(provenanceOf(settings(language), restated))
  expect(lines.get(title)).toBe(word)
  expect(lines.get(since)).toContain('12')
  expect(provenanceOf(settings(language), { ...source, completeness: 'COMPLETE' }).map(([name]) => name)).not.toContain(
    since,
  )
})

it.each([
  ['nrr nobishiro/1', { key: 'nrr', version: 'nobishiro/1', view: 'NOBISHIRO' }],
  ['nobishiro/1 STRIPE_LIKE netting=MONTH', { version: 'nobishiro/1', view: 'STRIPE_LIKE netting=MONTH' }],
])('a file says which definition made it, and in which view: %s', (name, definition) => {
  expect(definitionName(definition)).toBe(name)
})
