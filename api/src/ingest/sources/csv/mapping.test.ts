import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { DEFAULT_MAPPING } from './default-mapping.ts'
import { FIELDS } from './fields.ts'
import { parseMapping, parseMappingText } from './mapping.ts'
import { MappingError } from './mapping-error.ts'
import { PRESETS } from './presets.ts'
import { rowReader } from './row-reader.ts'

const usage = { file: 'usage.csv', columns: { account: 'a', metric: 'm', day: 'd', quantity: 'q' } }
const parse = (value: unknown) => parseMapping(value, 'my.json')

describe('mappings', () => {
  it('a column name alone is short for an object', () =>
    expect(parse({ name: 'x', usage }).usage?.columns['metric']).toEqual({ column: 'm' }))

  it.each<[string, unknown, string]>([
    ['no name', { usage }, 'my.json: name: missing'],
    [
      'a name that is no slug',
      { name: 'My CRM', usage },
      'my.json: name: use lower-case letters, digits and hyphens, at most 39',
    ],
    ['no kind at all', { name: 'x' }, 'my.json: (top level): describe at least one of accounts, subscriptions, usage'],
    [
      'an unknown key',
      { name: 'x', usage, usages: usage },
      'my.json: usages: unknown key; known here: name, through, delimiter, dates, numbers, accounts, subscriptions, usage',
    ],
    [
      'an unknown field',
      { name: 'x', usage: { ...usage, columns: { ...usage.columns, amout: 'a' } } },
      'my.json: usage.columns.amout: unknown key; known here: usage, account, subscription, metric, day, quantity',
    ],
    [
      'an unknown option of a field',
      { name: 'x', usage: { ...usage, columns: { ...usage.columns, day: { column: 'd', date: 'x' } } } },
      'my.json: usage.columns.day.date: unknown key; known here: column, constant, template, firstOf, values, default, optional, dates, numbers, unit, per',
    ],
    [
      'a missing field',
      { name: 'x', usage: { file: 'u.csv', columns: { account: 'a', metric: 'm', day: 'd' } } },
      'my.json: usage.columns.quantity: missing',
    ],
    [
      'usage of nobody',
      { name: 'x', usage: { file: 'u.csv', columns: { metric: 'm', day: 'd', quantity: 'q' } } },
      'my.json: usage.columns: say where account or subscription comes from',
    ],
    [
      'two origins',
      { name: 'x', usage: { ...usage, columns: { ...usage.columns, metric: { column: 'm', constant: 'c' } } } },
      'my.json: usage.columns.metric: say exactly one of column, constant, template and firstOf',
    ],
    ['a date format that is not known', { name: 'x', usage, dates: ['M-D-Y'] }, 'my.json: dates.0: Invalid option'],
    [
      'dates that could mean two things',
      { name: 'x', usage, dates: ['M/D/YYYY', 'D/M/YYYY'] },
      '3/4/2024 would mean two things',
    ],
    [
      'one sign for two purposes',
      { name: 'x', usage, numbers: { decimal: ',', thousands: ',' } },
      'my.json: numbers: the decimal sign and the thousands separator must differ',
    ],
    ['a day that does not exist', { name: 'x', usage, through: '2024-02-30' }, 'my.json: through: Invalid ISO date'],
    [
      'a plan without rank',
      { name: 'x', subscriptions: { file: 's.csv', columns: subscriptionColumns(), plans: { Pro: {} } } },
      'my.json: subscriptions.plans.Pro.rank: missing',
    ],
  ])('%s is refused with its place', (_, value, message) => expect(() => parse(value)).toThrow(message))

  it('text that is no JSON says where it goes wrong', () =>
    expect(() => parseMappingText('{ "name": }', 'my.json')).toThrow(/^my\.json: not JSON: .*/))

  it('every fault is told, not only the first', () => {
    try {
      parse({ usage: { file: 'u.csv', columns: {} } })
      expect.unreachable()
    } catch (error) {
      expect(error).toBeInstanceOf(MappingError)
      expect(String(error).split('\n').length).toBeGreaterThanOrEqual(4)
    }
  })

  it('the README shows a mapping and rows that are read', () => {
    const readme = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8')
    const [, json = ''] = /```json\n(.*?)```/s.exec(readme) ?? []
    expect(parseMappingText(json, 'README.md').subscriptions?.plans).toEqual({ Basic: { rank: 1 }, Pro: { rank: 2 } })
    const [, csv = ''] = /```csv\n(.*?)```/s.exec(readme) ?? []
    const [header = [], ...rows] = csv
      .trim()
      .split('\n')
      .map((line) => line.split(','))
    const reader = rowReader({
      kind: 'subscriptions',
      mapping: DEFAULT_MAPPING,
      header,
      timeZone: 'UTC',
      file: 'README.md',
    })
    expect(rows.map((row) => reader.read(row))).toEqual([
      expect.objectContaining({ row: expect.objectContaining({ amount: '900', seats: 50, trial: false }) }),
      expect.objectContaining({
        row: expect.objectContaining({ amount: '1200', interval: 'YEAR', end: '2024-05-10' }),
      }),
    ])
  })

  it('the presets describe all kinds, and the default one carries our own names', () => {
    expect(Object.keys(PRESETS)).toEqual(['csv', 'baremetrics', 'chargebee', 'recurly', 'ravenstack'])
    for (const kind of ['accounts', 'subscriptions', 'usage'] as const) {
      expect(PRESETS['ravenstack']?.[kind]).toBeDefined()
      expect(Object.keys(PRESETS['csv']?.[kind]?.columns ?? {})).toEqual(Object.keys(FIELDS[kind]))
    }
  })
})

function subscriptionColumns() {
  return { subscription: 's', account: 'a', start: 'f', amount: 'm', currency: { constant: 'USD' } }
}
