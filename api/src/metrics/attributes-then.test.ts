import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { buildStore, type StoreInput } from '../facts/build-store.ts'
import { dayOf } from '../facts/month.ts'
import { accountsOf, everyAccount } from '../facts/scope.ts'
import type { FactWhere } from '../facts/slice.ts'
import { aStore, HEADER, NOW } from '../facts/testing/a-store.ts'
import { type Ledger, naiveLevelOf, naiveMovements, naiveSeats } from '../facts/testing/naive.ts'
import { FIRST, LAST, randomLedger, randomRange, randomScope } from '../facts/testing/random-ledger.ts'
import { currencyLedger, REPORTING, randomRates } from '../facts/testing/random-rates.ts'
import type { Waterfall } from './chart-result.ts'
import { evaluate } from './evaluate.ts'
import { evaluateGroups, MOST_GROUPS } from './evaluate-groups.ts'
import { explain } from './explain.ts'
import { type MetricKey, metricKeys, metricOf } from './registry.ts'
import { terms } from './testing/plain.ts'
import { waterfall } from './waterfall.ts'

vi.setConfig({ testTimeout: 60_000 })

/**
 * `a` is small until 20 March 2024, then large, and pays 100.00 from January, 150.00 from 25 March and 180.00 from June; `b` is large and
 * leaves in May; `c` turns small in April without a change.
 */
const STORE = aStore({
  changes: [
    ['a', '2024-01-05', 10_000, { seats: 10 }],
    ['a', '2024-03-25', 5_000, { seats: 5 }],
    ['a', '2024-06-10', 3_000, { seats: 3 }],
    ['b', '2024-01-05', 7_000, { seats: 7 }],
    ['b', '2024-05-10', -7_000, { seats: -7 }],
    ['c', '2024-02-05', 2_000, { seats: 2 }],
  ],
  said: [
    ['a', '2024-01-01', { size: 'small' }],
    ['a', '2024-03-20', { size: 'large' }],
    ['b', '2024-01-01', { size: 'large' }],
    ['c', '2024-02-01', { size: 'large' }],
    ['c', '2024-04-02', { size: 'small' }],
  ],
})
const asked = { scope: everyAccount(STORE), now: NOW }
const was = (size: string): FactWhere => ({ attributes: [{ key: 'size', in: [size], at: 'THEN' }] })
const months = (start: number, end: number) => ({ start: 2024 * 12 + start - 1, end: 2024 * 12 + end })

const stepsOf = (size: string, range: { start: number; end: number }) =>
  waterfall(STORE, { ...asked, population: 'ALL', range, where: was(size) }).steps.flatMap(
    ({ key, minor, accounts }) => (minor === 0n ? [] : [[key, Number(minor), accounts]]),
  )

describe('attributes as they were at the time', () => {
  it('a movement is of where its account belongs at the close; what it held before moves there with it', () => {
    expect(stepsOf('small', months(3, 3))).toEqual([
      ['OPENING', 10_000, 1],
      ['TRANSFER', -10_000, 1],
    ])
    expect(stepsOf('large', months(3, 3))).toEqual([
      ['OPENING', 9_000, 2],
      ['EXPANSION', 5_000, 1],
      ['TRANSFER', 10_000, 1],
      ['CLOSING', 24_000, 3],
    ])
  })

  it('over a range they add up, and what leaves one enters another', () => {
    expect(stepsOf('large', months(1, 12))).toEqual([
      ['NEW', 9_000, 2],
      ['EXPANSION', 8_000, 1],
      ['CHURN', -7_000, 1],
      ['TRANSFER', 8_000, 2],
      ['CLOSING', 18_000, 1],
    ])
    expect(stepsOf('small', months(1, 12))).toEqual([
      ['NEW', 10_000, 1],
      ['TRANSFER', -8_000, 2],
      ['CLOSING', 2_000, 1],
    ])
  })

  it('NRR is of who was so at the opening, with all that they pay at the close', () => {
    const [nrr] = evaluate(STORE, {
      ...asked,
      keys: ['nrr'],
      window: 3,
      range: months(5, 5),
      where: was('small'),
    })
    // At the close of February: `a` alone, with 100.00; at that of May it is large, and pays 150.00.
    expect(nrr?.total?.value).toBe('1.5')
  })

  it('seats come and go with the account', () => {
    const [seats] = evaluate(STORE, { ...asked, keys: ['seats'], range: months(2, 6), where: was('large') })
    expect(seats?.values.map(({ value }) => value)).toEqual(['9', '24', '22', '15', '18'])
  })

  it('as they are now, everything is of what the account became', () => {
    const now = waterfall(STORE, {
      ...asked,
      population: 'ALL',
      range: months(3, 3),
      where: { attributes: [{ key: 'size', in: ['large'] }] },
    })
    expect([now.opening, now.closing]).toEqual([17_000n, 22_000n])
  })

  it('metrics that are not read from closes say so', () => {
    const [key] = metricKeys.filter((one) => metricOf(one).needs === 'sums')
    const query = { ...asked, keys: [key!], where: was('small') }
    expect(() => evaluate(STORE, query)).toThrow(`where.attributes[0].at: THEN does not apply to ${key}`)
    const by = [{ kind: 'ATTRIBUTE', key: 'size', at: 'THEN' } as const]
    const grouped = { ...asked, by, measures: [{ key: key! }], limit: { first: 9, others: 'TOGETHER' } as const }
    expect(() => evaluateGroups(STORE, grouped)).toThrow(`by[0].at: THEN does not apply to ${key}`)
    const few = { ...grouped, measures: [{ key: 'mrr' as const }], limit: { first: 1, others: 'TOGETHER' } as const }
    expect(() => evaluateGroups(STORE, few)).toThrow('accounts that come and go are in no rest')
  })
})

const SIZES = ['small', 'large', ''] as const
const READ: readonly MetricKey[] = metricKeys.filter((key) => metricOf(key).needs !== 'sums')
const randomWords = fc.array(
  fc.record({
    accountId: fc.constantFrom('a0', 'a1', 'a2', 'a3', 'a4', 'a5', 'a6'),
    month: fc.integer({ min: FIRST - 1, max: LAST + 1 }),
    day: fc.integer({ min: 1, max: 28 }),
    size: fc.constantFrom(...SIZES),
  }),
  { maxLength: 14 },
)
type Words = { accountId: string; month: number; day: number; size: string }[]

/** What was said of an account, in order; of one day the last of the list. */
function saidOf(words: Words, account: string) {
  const own = new Map(
    words.filter(({ accountId }) => accountId === account).map((word) => [dayOf(word.month, word.day), word]),
  )
  return [...own].sort(([a], [b]) => (a < b ? -1 : 1)).map(([day, { size }]) => ({ day, size }))
}

function sizeAt(words: Words, account: string, month: number): string {
  const said = saidOf(words, account)
  return (said.findLast(({ day }) => day <= dayOf(month, 31)) ?? said[0])?.size ?? ''
}

function storeWith(ledger: Ledger, words: Words, more: Partial<StoreInput> = {}) {
  const said = ledger.accounts.flatMap(({ id }) =>
    saidOf(words, id).map(({ day, size }) => ({ accountId: id, day, attributes: { size } })),
  )
  const accounts = ledger.accounts.map((account) => ({
    ...account,
    attributes: { ...account.attributes, size: saidOf(words, account.id).at(-1)?.size ?? '' },
  }))
  return buildStore({ ...HEADER, dataThrough: null, ...ledger, accounts, said, ...more })
}

/** What the whole of a month is for some accounts, account by account. */
function plainOf(
  ledger: Ledger,
  words: Words,
  ids: string[],
  size: string,
  { start, end }: { start: number; end: number },
) {
  const known = ids.filter((id) => ledger.accounts.some((account) => account.id === id))
  const level = (id: string, month: number) => naiveLevelOf(ledger, [id], {}, month).get(id) ?? 0
  const isIn = (id: string, month: number) => sizeAt(words, id, month) === size
  const sum = (one: (id: string) => number) => known.reduce((all, id) => all + one(id), 0)
  const held = (month: number) => sum((id) => (isIn(id, month) ? level(id, month) : 0))
  const moved = (kind: string) =>
    sum((id) =>
      naiveMovements(ledger, [id], {}, start, end).reduce(
        (all, one) => (one.kind === kind && isIn(id, one.month) ? all + one.change : all),
        0,
      ),
    )
  let transfer = 0
  for (let month = start; month < end; month += 1)
    transfer += sum((id) => level(id, month - 1) * (Number(isIn(id, month)) - Number(isIn(id, month - 1))))
  const cohort = known.filter((id) => isIn(id, end - 4) && level(id, end - 4) > 0)
  const of = (one: (id: string) => number) => cohort.reduce((all, id) => all + one(id), 0)
  const firstPaid = (id: string) => {
    for (let month = FIRST; month < end; month += 1) if (level(id, month) > 0) return month
    return Number.POSITIVE_INFINITY
  }
  return {
    opening: held(start - 1),
    closing: held(end - 1),
    transfer,
    seats: sum((id) => (isIn(id, end - 1) ? naiveSeats(ledger, [id], {}, end - 1) : 0)),
    new: moved('NEW'),
    expansion: moved('EXPANSION'),
    contraction: 0 - moved('CONTRACTION'),
    churn: 0 - moved('CHURN'),
    reactivation: moved('REACTIVATION'),
    nrr: [of((id) => level(id, end - 1)), of((id) => level(id, end - 4))],
    grr: [of((id) => Math.min(level(id, end - 1), level(id, end - 4))), of((id) => level(id, end - 4))],
    existing: [sum((id) => (isIn(id, end - 1) && firstPaid(id) <= end - 13 ? level(id, end - 1) : 0)), held(end - 1)],
  }
}

describe('on random ledgers and histories of an attribute', () => {
  it('equal a reading account by account, and are explained', () => {
    fc.assert(
      fc.property(
        randomLedger,
        randomScope,
        randomWords,
        randomRange,
        fc.constantFrom(...SIZES),
        fc.constantFrom('MONTH' as const, 'EVENT' as const),
        (ledger, ids, words, range, size, netting) => {
          const store = storeWith(ledger, words)
          const where = { attributes: [{ key: 'size', in: [size || null], at: 'THEN' as const }] }
          const query = { scope: accountsOf(store, ids), now: NOW, where, range }
          const plain = plainOf(ledger, words, ids, size, range)
          const total = (key: MetricKey, window?: number) =>
            terms(evaluate(store, { ...query, keys: [key], ...(window && { window }) })[0]!.total!)
          for (const key of ['seats', 'new', 'expansion', 'contraction', 'churn', 'reactivation'] as const)
            expect([key, total(key)]).toEqual([key, [plain[key] + 0]])
          expect(total('mrr')).toEqual([plain.closing])
          expect(total('nrr', 3)).toEqual(plain.nrr)
          expect(total('grr', 3)).toEqual(plain.grr)
          expect(total('existingRevenueShare', 12)).toEqual(plain.existing)

          const bridge = waterfall(store, { ...query, population: 'ALL', view: { netting } })
          expect([bridge.opening, bridge.closing, bridge.difference].map(Number)).toEqual([
            plain.opening,
            plain.closing,
            0,
          ])
          const transfer = bridge.steps.find(({ key }) => key === 'TRANSFER')
          expect(Number(transfer?.minor ?? 0)).toBe(plain.transfer + 0)
          for (const key of READ) expect(explain(store, { ...query, key, at: range.end - 1 }).difference, key).toBe(0n)
        },
      ),
      { numRuns: 150 },
    )
  })

  it('groups equal the filters that say the same, and add up to the whole', () => {
    fc.assert(
      fc.property(randomLedger, randomScope, randomWords, randomRange, (ledger, ids, words, range) => {
        const store = storeWith(ledger, words)
        const query = { scope: accountsOf(store, ids), now: NOW, range }
        const by = [
          { kind: 'ATTRIBUTE', key: 'size', at: 'THEN' } as const,
          { kind: 'ATTRIBUTE', key: 'segment' } as const,
        ]
        const measures = READ.map((key) => ({ key }))
        const limit = { first: MOST_GROUPS, others: 'TOGETHER' } as const
        const found = evaluateGroups(store, { ...query, measures, by, limit })
        for (const [place, { keys }] of (found[0]?.groups ?? []).entries()) {
          const attributes = by.map(({ key, ...more }, index) => ({
            key,
            in: [keys[index]!.value],
            ...('at' in more && { at: more.at }),
          }))
          const alone = evaluate(store, { ...query, keys: READ, where: { attributes } })
          alone.forEach((series, index) => {
            const { values, total } = found[index]!.groups[place]!
            expect({ values, total }, `${READ[index]} ${JSON.stringify(keys)}`).toEqual({
              values: series.values,
              total: series.total,
            })
          })
        }
        for (const key of ['mrr', 'seats', 'new', 'expansion', 'churn'] as const) {
          const series = found[READ.indexOf(key)]!
          const parts = series.groups.reduce((all, { total }) => all + terms(total!)[0]!, 0)
          expect([key, parts]).toEqual([key, terms(series.total!)[0]])
        }
      }),
      { numRuns: 100 },
    )
  })

  it('in several currencies, what leaves one value enters another, and every bridge adds up', () => {
    const within = fc
      .tuple(fc.integer({ min: FIRST, max: LAST - 1 }), fc.integer({ min: 1, max: 8 }))
      .map(([start, length]) => ({ start, end: Math.min(start + length, LAST + 1) }))
    const someWords = randomWords.filter(({ length }) => length > 4)
    let told = 0
    fc.assert(
      fc.property(currencyLedger, randomRates({ gaps: false }), someWords, within, (ledger, rates, words, range) => {
        const store = storeWith(ledger, words, { currency: REPORTING, rates })
        const query = { scope: everyAccount(store), now: NOW, range, population: 'ALL' as const }
        const bridges = SIZES.map((size) =>
          waterfall(store, { ...query, where: { attributes: [{ key: 'size', in: [size || null], at: 'THEN' }] } }),
        )
        const whole = waterfall(store, query)
        const has = (key: string, { steps }: Waterfall) => steps.some((one) => one.key === key && one.minor !== 0n)
        if (has('FX', whole) && bridges.some((bridge) => has('TRANSFER', bridge))) told += 1
        const sum = (one: (bridge: Waterfall) => bigint) => bridges.reduce((all, bridge) => all + one(bridge), 0n)
        const step = (wanted: string) => (bridge: Waterfall) =>
          bridge.steps.find(({ key }) => key === wanted)?.minor ?? 0n
        expect(bridges.map(({ difference, reason }) => [difference, reason])).toEqual(SIZES.map(() => [0n, null]))
        expect(sum(({ opening }) => opening)).toBe(whole.opening)
        expect(sum(({ closing }) => closing)).toBe(whole.closing)
        expect(sum(step('TRANSFER'))).toBe(0n)
        for (const key of ['NEW', 'EXPANSION', 'CONTRACTION', 'CHURN', 'REACTIVATION', 'FX'])
          expect([key, sum(step(key))]).toEqual([key, step(key)(whole)])
      }),
      { numRuns: 200 },
    )
    expect(told).toBeGreaterThan(2)
  })
})
