import { describe, expect, it } from 'vitest'
import type { CsvKind } from './fields.ts'
import { FileError } from './file-error.ts'
import { parseMapping } from './mapping.ts'
import { PRESETS } from './presets.ts'
import { describeProblem } from './problem.ts'
import { rowReader } from './row-reader.ts'

const csv = PRESETS['csv'] ?? expect.unreachable()

function read(kind: CsvKind, row: Record<string, string>, mapping = csv) {
  const reader = rowReader({ kind, mapping, header: Object.keys(row), timeZone: 'Asia/Tokyo', file: 'f.csv' })
  return reader.read(Object.values(row))
}

describe('rows', () => {
  it('an account row is read with our own column names, empty cells being absent', () =>
    expect(read('accounts', { account: ' A-1 ', name: 'Acme', region: '', signedUpOn: '2024-01-05' })).toEqual({
      row: { account: 'A-1', name: 'Acme', signedUpOn: '2024-01-05' },
      attributes: {},
    }))

  it('a subscription row is read', () => {
    const row = {
      subscription: 'S-1',
      account: 'A-1',
      start: '2024-01-05',
      end: '',
      amount: '12.50',
      currency: 'usd',
      trial: 'TRUE',
      seats: '3',
    }
    expect(read('subscriptions', row)).toEqual({
      row: {
        subscription: 'S-1',
        account: 'A-1',
        start: '2024-01-05',
        amount: '12.5',
        currency: 'USD',
        trial: true,
        seats: 3,
      },
      attributes: {},
    })
  })

  it('every problem of a row is told with column, value and what was expected', () => {
    const row = {
      subscription: '',
      account: 'A-1',
      start: '2024-13-01',
      amount: 'free',
      currency: 'XX',
      seats: '-4',
      trial: 'perhaps',
    }
    const result = read('subscriptions', row)
    const problems = 'problems' in result ? result.problems : []
    expect(problems.map((problem) => describeProblem({ ...problem, file: 'f.csv', line: 7 }))).toEqual([
      'f.csv:7: column subscription "": expected a value: it must not be empty',
      'f.csv:7: column start "2024-13-01": expected a date such as 2024-12-31 (YYYY-MM-DD, YYYY/M/D, DD.MM.YYYY)',
      'f.csv:7: column amount "free": expected a number such as 1234.5',
      'f.csv:7: column currency "XX": expected an ISO 4217 currency code such as USD or JPY',
      'f.csv:7: column seats "-4": expected a whole number from 0 to 2147483647',
      'f.csv:7: column trial "perhaps": expected true or false (also 1 or 0, yes or no)',
    ])
  })

  it('a long value is shortened to 80 characters', () => {
    const result = read('accounts', { account: 'A-1', signedUpOn: 'x'.repeat(500) })
    expect('problems' in result && result.problems[0]?.value).toBe(`${'x'.repeat(79)}…`)
  })
})

describe('mapped columns', () => {
  const mapping = (columns: Record<string, unknown>, rest: object = {}) =>
    parseMapping({ name: 'm', accounts: { file: 'a.csv', columns: { account: 'id', ...columns }, ...rest } }, 'm.json')

  it('constants, templates, stand-ins and defaults give the text that is then read', () => {
    const mapped = mapping({
      name: { template: '{first} {last}' },
      region: { column: 'country', values: { UK: 'GB', '-': '' }, default: 'Unknown' },
      parent: { constant: 'Holding' },
    })
    const row = { id: '1', first: 'Ada', last: 'Lovelace', country: 'UK' }
    expect(read('accounts', row, mapped)).toMatchObject({
      row: { name: 'Ada Lovelace', region: 'GB', parent: 'Holding' },
    })
    expect(read('accounts', { ...row, country: '-', last: '' }, mapped)).toEqual({
      row: { account: '1', region: 'Unknown', parent: 'Holding' },
      attributes: {},
    })
  })

  it('other columns become attributes', () =>
    expect(
      read(
        'accounts',
        { id: '1', industry: 'EdTech', size: '' },
        mapping({}, { attributes: { industry: 'industry', size: 'size' } }),
      ),
    ).toEqual({
      row: { account: '1' },
      attributes: { industry: 'EdTech' },
    }))

  it('a field can be read in its own way', () =>
    expect(
      read(
        'accounts',
        { id: '1', since: '3/4/2024' },
        mapping({ signedUpOn: { column: 'since', dates: ['D/M/YYYY'] } }),
      ),
    ).toMatchObject({
      row: { signedUpOn: '2024-04-03' },
    }))
})

describe('headers that do not fit', () => {
  const problemsOf = (header: string[], mapping = csv, kind: CsvKind = 'usage') => {
    try {
      rowReader({ kind, mapping, header, timeZone: 'UTC', file: 'u.csv' })
    } catch (error) {
      if (error instanceof FileError) return error.message.split('\n')
      throw error
    }
    return []
  }

  it('every missing column is named, with who needs it and what there is', () =>
    expect(problemsOf(['account', 'Day', 'quantity'])).toEqual([
      'u.csv:1: column metric: expected in the header: "columns.metric" of usage in the mapping "csv" needs it; the file has account, Day, quantity',
      'u.csv:1: column day: expected in the header: "columns.day" of usage in the mapping "csv" needs it; the file has account, Day, quantity',
    ]))

  it('a needed column that stands there twice is not guessed at', () =>
    expect(problemsOf(['account', 'metric', 'day', 'quantity', 'day'])).toEqual([
      'u.csv:1: column day: expected to be in the header once: "columns.day" of usage in the mapping "csv" needs it',
    ]))

  it('a column inside a template or an attribute is missed too', () => {
    const mapping = parseMapping(
      {
        name: 'm',
        accounts: {
          file: 'a.csv',
          columns: { account: 'id', name: { template: '{first}' } },
          attributes: { size: 'size' },
        },
      },
      'm.json',
    )
    expect(problemsOf(['id'], mapping, 'accounts')).toEqual([
      'u.csv:1: column first: expected in the header: "columns.name" of accounts in the mapping "m" needs it; the file has id',
      'u.csv:1: column size: expected in the header: "attributes.size" of accounts in the mapping "m" needs it; the file has id',
    ])
  })
})
