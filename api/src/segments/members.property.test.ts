import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildStore } from '../facts/build-store.ts'
import { monthOf } from '../facts/month.ts'
import { HEADER } from '../facts/testing/a-store.ts'
import { type Ledger, naiveCohort, naiveLevelOf, naiveSeats } from '../facts/testing/naive.ts'
import { FIRST, randomLedger } from '../facts/testing/random-ledger.ts'
import { currencyLedger, REPORTING } from '../facts/testing/random-rates.ts'
import { membersOf } from './members.ts'
import type { SegmentRule } from './rule.ts'

const at = new Date('2024-03-15T00:00:00Z')
const AT = monthOf('2024-03-01')
const day = (month: number) => `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`

const size = fc.record({ min: fc.nat(20), below: fc.nat(30) }, { requiredKeys: ['min'] })
const leaf: fc.Arbitrary<SegmentRule> = fc.oneof(
  fc.subarray(['small', 'large', null]).map((values) => ({ attribute: { key: 'segment', in: values } })),
  fc.subarray(['a0', 'a1', 'a2']).map((accountIds) => ({ accountIds })),
  fc.subarray(['core-basic', 'chat-pro']).map((planId) => ({ planId })),
  fc.constant({ productId: ['chat'] }),
  fc.subarray(['EU', 'US']).map((region) => ({ region })),
  size.map(({ min, below }) => ({
    mrr: { min: String(min), ...(below === undefined ? {} : { below: String(below) }) },
  })),
  size.map((seats) => ({ seats })),
  fc.nat(17).map((months) => ({ firstPaid: { before: day(FIRST + months) } })),
)
const { rule: randomRule } = fc.letrec<{ rule: SegmentRule }>((tie) => ({
  rule: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.array(tie('rule'), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
    fc.array(tie('rule'), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
    tie('rule').map((not) => ({ not })),
  ),
}))

/** The rule once more, of one account over plain rows. */
function plainly(ledger: Ledger, id: string, rule: SegmentRule): boolean {
  const account = ledger.accounts.find((one) => one.id === id)!
  const holds = (where: object) =>
    (naiveLevelOf(ledger, [id], where, AT).get(id) ?? 0) > 0 || naiveSeats(ledger, [id], where, AT) > 0
  const within = (value: number, { min = -1, below = 1e12 }: { min?: number; below?: number }) =>
    value >= min && value < below
  if ('all' in rule) return rule.all.every((one) => plainly(ledger, id, one))
  if ('any' in rule) return rule.any.some((one) => plainly(ledger, id, one))
  if ('not' in rule) return !plainly(ledger, id, rule.not)
  if ('attribute' in rule)
    return rule.attribute.in.includes((account.attributes?.['segment'] as string | undefined) ?? null)
  if ('accountIds' in rule) return rule.accountIds.includes(id)
  if ('mrr' in rule) {
    const { min, below } = rule.mrr
    const cents = (text: string) => Number(text) * 100
    const bounds = {
      ...(min === undefined ? {} : { min: cents(min) }),
      ...(below === undefined ? {} : { below: cents(below) }),
    }
    return within(naiveLevelOf(ledger, [id], {}, AT).get(id) ?? 0, bounds)
  }
  if ('seats' in rule) return within(naiveSeats(ledger, [id], {}, AT), rule.seats)
  if ('firstPaid' in rule) {
    const cohort = naiveCohort(ledger, account)
    return cohort !== null && day(cohort) < (rule.firstPaid.before ?? '')
  }
  return holds(rule)
}

describe('members of a segment', () => {
  it('are the accounts that the rule holds for, one by one', () => {
    fc.assert(
      fc.property(randomLedger, randomRule, (ledger, rule) => {
        const members = membersOf(buildStore({ ...HEADER, ...ledger }), rule, at)
        expect([...members]).toEqual(ledger.accounts.map(({ id }) => (plainly(ledger, id, rule) ? 1 : 0)))
      }),
      { numRuns: 400 },
    )
  })

  it('are nobody of whom it cannot be said, whichever way round the rule is', () => {
    fc.assert(
      fc.property(currencyLedger, fc.nat(20), (ledger, min) => {
        const store = buildStore({ ...HEADER, currency: REPORTING, ...ledger, rates: [] })
        const rule: SegmentRule = { mrr: { min: String(min * 10) } }
        const [holds, fails] = [membersOf(store, rule, at), membersOf(store, { not: rule }, at)]
        const either = membersOf(store, { any: [rule, { not: rule }] }, at)
        for (const [place, { id }] of ledger.accounts.entries()) {
          const foreign = ledger.changes.filter(
            (row) => row.accountId === id && row.currency !== REPORTING && row.month <= AT,
          )
          const held = new Map<string, number>()
          for (const row of foreign) held.set(row.currency, (held.get(row.currency) ?? 0) + Number(row.amountMinor))
          const isUnknown = [...held.values()].some((balance) => balance > 0)
          expect([holds[place]! + fails[place]!, either[place]]).toEqual(isUnknown ? [0, 0] : [1, 1])
        }
      }),
      { numRuns: 150 },
    )
  })
})
