import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readStripe } from '../../ingest/sources/stripe/stripe.ts'
import { catalogMapping, type Place } from '../catalog.ts'
import { histories, type SourcedEvent } from '../history.ts'
import { accountLines, type Line } from '../lines.ts'
import { NOBISHIRO } from '../recognition.ts'
import { oracleOf } from './testing/naive-oracle.ts'
import { livesOf, SERVICE_PRICE, type StripeEvent } from './testing/random-lives.ts'

const ZONES = ['Asia/Tokyo', 'UTC', 'America/New_York', 'Asia/Kathmandu', 'Pacific/Auckland']

/** Where prices stand decides how a change is split, never how large it is; only a service is no MRR. */
const place = (product: string, plan: string, rank: number, kind: Place['kind'] = 'LICENCE'): Place => ({
  ...{ product, plan, rank, kind },
})
const MAPPING = catalogMapping(
  new Map([
    ['stripe:basic', place('core', 'core/basic', 1)],
    ['stripe:pro', place('core', 'core/pro', 2)],
    ['stripe:pro-year', place('core', 'core/pro', 2)],
    ['stripe:weekly', place('core', 'core/basic', 1)],
    ['stripe:metered', place('traffic', 'traffic', 1, 'METERED')],
    ['stripe:packs', place('mail', 'mail', 1, 'ADD_ON')],
    [`stripe:${SERVICE_PRICE}`, place('onboarding', 'onboarding', 1, 'SERVICE')],
  ]),
)

/** What the inbox would hold, in the order of arrival, folded to lines. */
function linesOf(events: readonly StripeEvent[], timeZone: string, recognition = NOBISHIRO): Line[] {
  const sourced = events.flatMap((event): SourcedEvent[] => {
    const received = readStripe(new TextEncoder().encode(JSON.stringify(event)), 'stripe')
    if (received.ignored !== undefined) throw new Error(`${event.id} was ignored: ${received.ignored}`)
    return received.events.flatMap((each) =>
      each.type === 'subscription' ? [{ source: 'stripe', sourceEvent: received.externalId, event: each }] : [],
    )
  })
  return accountLines('stripe:cus_1', histories(sourced, recognition), timeZone, MAPPING, recognition)
}

/** Every day from before the first line or event to after the last, a discount's end included. */
function daysOf(events: readonly StripeEvent[], lines: readonly Line[]): string[] {
  const told = events.map(({ created }) => created * 1000)
  const posted = lines.map(({ effectiveDay }) => Date.parse(effectiveDay))
  const [first, last] = [Math.min(...told, ...posted), Math.max(...told, ...posted)]
  const days = Math.ceil((last - first) / 86_400_000) + 125
  return Array.from({ length: days }, (_, day) => new Date(first + (day - 2) * 86_400_000).toISOString().slice(0, 10))
}

const shown = (sums: ReadonlyMap<string, bigint>) =>
  [...sums]
    .map(([currency, amount]) => `${amount} ${currency}`)
    .sort()
    .join(', ')

/** The lines summed up to the end of a day, moving from day to day. */
function posted(lines: readonly Line[]): (day: string) => Map<string, bigint> {
  const ordered = [...lines].sort((a, b) => (a.effectiveDay < b.effectiveDay ? -1 : 1))
  const sums = new Map<string, bigint>()
  let next = 0
  return (day) => {
    for (let line = ordered[next]; line && line.effectiveDay <= day; line = ordered[++next]) {
      const sum = (sums.get(line.currency) ?? 0n) + line.amount
      if (sum === 0n) sums.delete(line.currency)
      else sums.set(line.currency, sum)
    }
    return sums
  }
}

const account = livesOf('cus_1')

describe('the ledger of a thousand random accounts', () => {
  it('sums at the end of every local day, in every currency, to what a naive reading of the webhooks gives', () => {
    let compared = 0
    const seen = new Set<string>()
    fc.assert(
      fc.property(account, fc.constantFrom(...ZONES), (events, timeZone) => {
        const lines = linesOf(events, timeZone)
        const sumAt = posted(lines)
        const { mrrAt } = oracleOf(events, timeZone, [SERVICE_PRICE])
        for (const day of daysOf(events, lines)) {
          const [found, expected] = [shown(sumAt(day)), shown(mrrAt(day))]
          if (found !== expected)
            throw new Error(`${day}, ${timeZone}: posted ${found || '0'}, expected ${expected || '0'}`)
          compared += 1
        }
        for (const { currency, reason, strategy } of lines)
          seen
            .add(currency)
            .add(reason ?? '')
            .add(strategy)
      }),
      { numRuns: 1000 },
    )
    expect(compared).toBeGreaterThan(100_000)
    expect([...seen].sort()).toEqual(
      expect.arrayContaining(['EUR', 'JPY', 'KWD', 'PAUSE', 'RESUME', 'USD', 'SEAT', 'UPSELL']),
    )
  }, 60_000)

  it('and so it does where churn counts when it is asked for', () => {
    let leaving = 0
    // Stripe begins nothing before its start; what was asked of something that has not begun is told again when it has.
    const begun = account.filter((events) =>
      events.every(({ created, data }) => (data.object as { start_date: number }).start_date <= created),
    )
    fc.assert(
      fc.property(begun, fc.constantFrom(...ZONES), (events, timeZone) => {
        const lines = linesOf(events, timeZone, { ...NOBISHIRO, churn: 'AT_REQUEST' })
        const sumAt = posted(lines)
        const { mrrAt } = oracleOf(events, timeZone, [SERVICE_PRICE], 'AT_REQUEST')
        const atEnd = oracleOf(events, timeZone, [SERVICE_PRICE])
        for (const day of daysOf(events, lines)) {
          const [found, expected] = [shown(sumAt(day)), shown(mrrAt(day))]
          if (found !== expected)
            throw new Error(`${day}, ${timeZone}: posted ${found || '0'}, expected ${expected || '0'}`)
          if (expected !== shown(atEnd.mrrAt(day))) leaving += 1
        }
      }),
      { numRuns: 300 },
    )
    expect(leaving).toBeGreaterThan(1_000)
  }, 60_000)
})
