import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { IngestEvent } from '../../event.ts'
import { BATCH_LIMIT, readBatch } from './batch.ts'
import { KINDS } from './kinds.ts'
import { sample } from './testing.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const AT = '2026-01-10T00:00:00.000Z'
const read = (text: string, format: 'LINES' | 'LIST' = 'LINES') => readBatch(bytes(text), format, 'crm')
const one = (event: object | string) => read(typeof event === 'string' ? event : JSON.stringify(event))[0]

function eventsOf(event: object): IngestEvent[] {
  const line = one(event)
  if (!line || !('received' in line)) throw new Error(line?.message)
  return line.received.events
}

const account = { kind: 'account', id: 'e', at: AT, account: 'A' }
const item = { item: 'i', product: 'CRM', quantity: 3, unitAmount: 1800 }
const subscription = {
  kind: 'subscription',
  id: 'e',
  at: AT,
  account: 'A',
  subscription: 'S',
  status: 'active',
  currency: 'usd',
  items: [item],
}
const spend = { kind: 'spend', id: 'e', month: '2026-03', category: 'cs', amount: 1200, currency: 'USD' }
const usage = { kind: 'usage', id: 'e', account: 'A', day: '2026-03-01', metric: 'calls', quantity: 5 }

describe('generic events', () => {
  it('the sample of the README holds every kind, and all of it is read', () => {
    const lines = read(sample())
    expect(lines.map((line) => ('message' in line ? line.message : null)).filter(Boolean)).toEqual([])
    const kinds = lines.flatMap((line) => ('received' in line ? [line.received.kind] : []))
    expect([...new Set(kinds)].sort()).toEqual(Object.keys(KINDS).sort())
  })

  it('a list holds the same events as lines', () => {
    const list = `[${sample().trim().split('\n').join(',')}]`
    const received = (lines: ReturnType<typeof read>) =>
      lines.map((line) => ('received' in line ? line.received : null))
    expect(received(read(list, 'LIST'))).toEqual(received(read(sample())))
  })

  it('an account names its partner, which is an attribute of it', () => {
    const said = { ...account, partner: 'North', attributes: { size: 'L' } }
    expect(eventsOf(said)).toEqual([
      { type: 'account', at: AT, account: 'A', attributes: { size: 'L', partner: 'North' } },
    ])
    expect(eventsOf(account)).toEqual([{ type: 'account', at: AT, account: 'A' }])
  })

  it.each([
    ['minor units as a number', { unitAmount: 1850 }, '1850'],
    ['major units as text', { unitAmount: '18.50' }, '1850'],
    ['a fraction of a cent', { unitAmount: '0.0005' }, '0.05'],
    ['zeros around it', { unitAmount: '0018.50' }, '1850'],
    ['a negative one', { unitAmount: '-1.5' }, '-150'],
    ['for all of it', { unitAmount: undefined, amount: '20' }, '2000'],
  ])('an amount may be %s', (_, price, minor) => {
    const [event] = eventsOf({ ...subscription, items: [{ ...item, ...price }] })
    expect(event?.type === 'subscription' && event.state.items[0]?.pricing.unitAmount).toBe(minor)
  })

  it('yen have no decimals', () => {
    const [event] = eventsOf({ ...spend, currency: 'JPY', amount: '1200' })
    expect(event).toMatchObject({ amount: '1200', currency: 'JPY', day: '2026-03-01' })
    expect(one({ ...spend, currency: 'JPY', amount: '12.5' })).toMatchObject({
      problem: { path: 'amount', accepted: 'an amount with at most 0 decimals, as JPY has' },
    })
  })

  it.each<[string, object | string, string]>([
    ['no JSON', '{"id":', 'accepted: valid JSON.'],
    ['no object', '5', 'crm, line 1: event is 5; accepted: a JSON object.'],
    ['an unknown kind', { ...account, kind: 'deal' }, 'crm, line 1: kind is "deal"; accepted: one of account, product'],
    ['no kind', { id: 'e' }, 'crm, line 1: kind'],
    [
      'a missing field',
      { ...account, account: undefined },
      'crm, line 1: account: accepted: text of 1 to 200 characters',
    ],
    [
      'an unknown field',
      { ...account, acount: 'A' },
      'crm, line 1: acount is "A"; accepted: only known fields: kind, id, at, account',
    ],
    [
      'an unknown field further in',
      { ...subscription, items: [{ ...item, seats: 4 }] },
      'crm, line 1: items[0].seats is 4; accepted: only known fields.',
    ],
    [
      'an amount with a comma',
      { ...subscription, items: [{ ...item, unitAmount: '12,50' }] },
      'crm, line 1: items[0].unitAmount is "12,50"; accepted: a whole number of minor units such as 1250',
    ],
    [
      'a number with a fraction',
      { ...spend, amount: 12.5 },
      'crm, line 1: amount is 12.5; accepted: a whole number of minor units',
    ],
    [
      'an amount too large for JSON',
      '{"kind":"spend","id":"e","month":"2026-03","category":"c","amount":9007199254740993,"currency":"USD"}',
      'crm, line 1: $.amount is 9007199254740992; accepted: numbers up to 9007199254740991',
    ],
    [
      'more decimals than the currency',
      { ...spend, amount: '1.005' },
      'crm, line 1: amount is "1.005"; accepted: an amount with at most 2 decimals, as USD has.',
    ],
    [
      'two prices',
      { ...subscription, items: [{ ...item, amount: 5 }] },
      'crm, line 1: items[0].amount is 5; accepted: exactly one of amount, unitAmount and tiers.',
    ],
    [
      'no price',
      { ...subscription, items: [{ item: 'i', product: 'CRM' }] },
      'crm, line 1: items[0].amount: accepted: exactly one of',
    ],
    [
      'a day that does not exist',
      { ...usage, day: '2026-02-30' },
      'crm, line 1: day is "2026-02-30"; accepted: a day such as "2024-12-31".',
    ],
    [
      'an instant without an offset',
      { ...account, at: '2026-01-10T00:00:00' },
      'crm, line 1: at is "2026-01-10T00:00:00"; accepted: an instant with its offset',
    ],
    ['a time as a number', { ...account, at: 1700000000 }, 'crm, line 1: at is 1700000000; accepted: an instant'],
    ['a year far away', { ...account, at: '9999-01-01T00:00:00Z' }, 'accepted: an instant from 1900 to 2199.'],
    [
      'a month as a day',
      { ...spend, month: '2026-13' },
      'crm, line 1: month is "2026-13"; accepted: a month such as "2024-12".',
    ],
    [
      'an unknown currency',
      { ...spend, currency: 'XYZ' },
      'crm, line 1: currency is "XYZ"; accepted: an ISO 4217 code',
    ],
    [
      'a quantity that is no number',
      { ...usage, quantity: 'many' },
      'crm, line 1: quantity is "many"; accepted: a whole number, or a decimal text',
    ],
    [
      'a status we do not know',
      { ...subscription, status: 'gone' },
      'crm, line 1: status is "gone"; accepted: one of active, trial, paused',
    ],
    [
      'seats without a number',
      { kind: 'seats', id: 'e', account: 'A', day: '2026-03-01' },
      'crm, line 1: active: accepted: at least one of assigned and active.',
    ],
    [
      'NUL',
      '{"kind":"account","id":"e","at":"2026-01-10T00:00:00Z","account":"A\\u0000"}',
      'crm, line 1: $.account is "A\\u0000"; accepted: text without NUL',
    ],
    [
      'a lone surrogate',
      '{"kind":"account","id":"e","at":"2026-01-10T00:00:00Z","account":"\\ud83c"}',
      'accepted: text without lone surrogates',
    ],
    [
      '33 levels',
      `${'['.repeat(33)}${']'.repeat(33)}`,
      'crm, line 1: character 32: accepted: at most 32 nested levels.',
    ],
    ['a text of more than 64 KB', { ...account, name: 'x'.repeat(70_000) }, 'accepted: text of at most 65536 bytes.'],
    [
      'a value that is long',
      { ...account, region: 'r'.repeat(300) },
      `crm, line 1: region is "${'r'.repeat(36)}…; accepted: text of 1 to 100 characters`,
    ],
    [
      'a percentage above 100',
      { ...subscription, discounts: [{ id: 'd', percentOff: '101' }] },
      'crm, line 1: discounts[0].percentOff is "101"; accepted: a percentage',
    ],
  ])('%s is refused by line, field and value', (_, event, message) => {
    const line = one(event)
    expect(line && 'message' in line ? line.message : 'accepted').toContain(message)
  })

  it('a line that is not UTF-8 does not touch its neighbours', () => {
    const good = JSON.stringify(account)
    const raw = Buffer.concat([
      Buffer.from(`${good}\n`),
      Buffer.from([0x22, 0xff, 0x22]),
      Buffer.from(`\n\n${good}\r\n`),
    ])
    const lines = readBatch(raw, 'LINES', 'crm')
    expect(lines.map((line) => [line.line, 'message' in line ? line.message : line.id])).toEqual([
      [1, 'e'],
      [2, 'crm, line 2: body: accepted: UTF-8 text.'],
      [4, 'e'],
    ])
  })

  it.each<[string, Uint8Array, 'LINES' | 'LIST', string]>([
    ['an empty body', bytes(' \n'), 'LINES', 'crm: body: accepted: at least one event.'],
    ['too many bytes', new Uint8Array(BATCH_LIMIT + 1), 'LINES', 'accepted: at most 5242880 bytes.'],
    ['1,001 events', bytes('{}\n'.repeat(1_001)), 'LINES', 'accepted: at most 1000 events.'],
    ['a list that is none', bytes('{}'), 'LIST', 'body is {}; accepted: a list of events.'],
    ['a list that is cut off', bytes('[{}'), 'LIST', 'accepted: valid JSON.'],
  ])('%s is refused as a whole', (_, raw, format, message) => {
    expect(() => readBatch(raw, format, 'crm')).toThrow(message)
  })

  it('nothing that is JSON crashes the reader', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(...Object.keys(KINDS)), (value, kind) => {
        const [line] = read(JSON.stringify([{ ...(value as object), kind }]), 'LIST')
        expect(line && ('received' in line || line.message.includes('accepted: '))).toBe(true)
      }),
      { numRuns: 300 },
    )
  })
})
