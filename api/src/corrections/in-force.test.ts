import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Correction, CorrectionEvent, Undo } from '../ingest/people/correction.ts'
import { inForce } from '../ingest/people/in-force.ts'
import { catalogMapping } from '../ledger/catalog.ts'
import { connected } from '../ledger/connected.ts'
import { correctedLines } from '../ledger/corrected-lines.ts'
import { histories, type SourcedEvent } from '../ledger/history.ts'
import { NOBISHIRO } from '../ledger/recognition.ts'
import { anItem, aPrice, aSubscription } from '../testing/build.ts'

const ACCOUNTS = ['s:a', 's:b', 's:c', 's:d']
const account = fc.constantFrom(...ACCOUNTS)
const decision: fc.Arbitrary<Correction> = fc.oneof(
  account.map((id) => ({ kind: 'EXCLUDE_ACCOUNT', account: id }) as const),
  fc.tuple(account, account).map(([from, into]) => ({ kind: 'MERGE_ACCOUNTS', from, into }) as const),
  fc
    .tuple(account, fc.integer({ min: 3, max: 5 }), fc.constantFrom('USAGE', 'UPSELL'))
    .map(
      ([id, month, to]) =>
        ({ kind: 'RECLASSIFY_MOVEMENT', account: id, month: `2024-0${month}`, from: null, to }) as const,
    ),
  fc.tuple(account, account).map(([old, next]) => {
    const of = (id: string) => `s:sub-${id.slice(2)}`
    return { kind: 'CONNECT_SUBSCRIPTIONS', old: of(old), new: of(next), gapDays: 60 } as const
  }),
)

const said = (what: Correction | Undo, index: number): CorrectionEvent => ({
  type: 'correction',
  correction: `cor_${index}`,
  at: `2024-07-0${1 + (index % 3)}T00:00:00.000Z`,
  by: 'key:k',
  reason: 'because',
  touches: [],
  what,
})

const sold: SourcedEvent[] = ACCOUNTS.flatMap((id, index) => {
  const name = id.slice(2)
  const change = (month: number, quantity: number, status: 'ACTIVE' | 'ENDED' = 'ACTIVE'): SourcedEvent => ({
    source: 's',
    sourceEvent: `${name}${month}`,
    event: aSubscription({
      account: name,
      subscription: `sub-${name}`,
      at: `2024-0${month}-10T00:00:00.000Z`,
      status,
      items: [anItem('core', quantity, aPrice('1000'))],
    }),
  })
  return [change(1 + index, 3), change(3 + index, 5), change(5 + index, 5, 'ENDED')]
})

/** The ledger that these events and corrections give, as the content keys of its lines. */
function ledger(events: readonly SourcedEvent[], decisions: readonly CorrectionEvent[]): string[] {
  const corrections = inForce(decisions)
  return ACCOUNTS.flatMap((id) => {
    const members = corrections.rootOf(id) === id ? corrections.membersOf(id) : []
    const own = events.filter(({ event }) => members.includes(`s:${event.account}`))
    const history = connected(histories(own), corrections.connections)
    const world = { timeZone: 'UTC', mapping: catalogMapping(new Map()), corrections, recognition: NOBISHIRO }
    return correctedLines(id, history, world).map(({ contentKey }) => contentKey)
  }).sort()
}

describe('what people decide', () => {
  it('gives one ledger in whatever order decisions, undos and events arrive', () => {
    const story = fc.array(fc.tuple(decision, fc.nat(3)), { minLength: 3, maxLength: 12 }).chain((made) => {
      const decisions = made.map(([what], index) => said(what, index))
      const undos = made.flatMap(([, chance], index) =>
        chance === 0 ? [said({ kind: 'UNDO', correction: `cor_${index}` }, 100 + index)] : [],
      )
      const all = [...decisions, ...undos]
      const shuffled = <T>(list: T[]) => fc.shuffledSubarray(list, { minLength: list.length })
      return fc.tuple(fc.constant(all), shuffled(all), shuffled(sold))
    })
    fc.assert(
      fc.property(story, ([all, decisions, events]) => {
        expect(ledger(events, decisions)).toEqual(ledger(sold, all))
      }),
      { numRuns: 300 },
    )
  })

  it('undone is as if it had never been said', () => {
    const stories = fc.tuple(fc.array(decision, { maxLength: 6 }), decision)
    fc.assert(
      fc.property(stories, ([others, what]) => {
        const decisions = others.map(said)
        const withdrawn = [said(what, 50), said({ kind: 'UNDO', correction: 'cor_50' }, 51)]
        expect(ledger(sold, [...decisions, ...withdrawn])).toEqual(ledger(sold, decisions))
      }),
    )
  })

  it('never moves money between months, save by what is excluded or connected', () => {
    const kept = decision.filter(({ kind }) => kind === 'MERGE_ACCOUNTS' || kind === 'RECLASSIFY_MOVEMENT')
    const total = (decisions: readonly CorrectionEvent[]) => {
      const corrections = inForce(decisions)
      const world = { timeZone: 'UTC', mapping: catalogMapping(new Map()), corrections, recognition: NOBISHIRO }
      const sums = new Map<string, bigint>()
      for (const id of ACCOUNTS) {
        const members = corrections.rootOf(id) === id ? corrections.membersOf(id) : []
        const history = histories(sold.filter(({ event }) => members.includes(`s:${event.account}`)))
        for (const { effectiveDay, amount } of correctedLines(id, history, world))
          sums.set(effectiveDay, (sums.get(effectiveDay) ?? 0n) + amount)
      }
      return [...sums].sort()
    }
    fc.assert(
      fc.property(fc.array(kept, { maxLength: 6 }), (made) => {
        expect(total(made.map(said))).toEqual(total([]))
      }),
    )
  })
})
