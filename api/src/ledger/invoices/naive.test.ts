import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ServicePeriod } from '../../ingest/event.ts'
import { anItem, aPrice } from '../../testing/build.ts'
import type { SourcedInvoice } from './invoiced-lines.ts'
import { anInvoice, aPeriod, moves, type Told } from './testing.ts'

/** One billing period of an item: how it was invoiced, and what changed within it. */
type Turn = {
  standing: 'ISSUED' | 'VOID' | 'NONE'
  /** Minor units taken off the full line. */
  off: number
  /** Asked for by hand instead of what the price says. */
  byHand: number | null
  /** Days into the period, and the units from then on; 0 gives the item back. */
  change: { after: number; units: number } | null
}
type Life = { unit: number; days: number; units: number; from: number; turns: Turn[] }

const turn: fc.Arbitrary<Turn> = fc.record({
  standing: fc.constantFrom('ISSUED', 'ISSUED', 'ISSUED', 'ISSUED', 'VOID', 'NONE'),
  off: fc.constantFrom(0, 0, 0, 130, 999),
  byHand: fc.constantFrom(null, null, null, 4_321),
  change: fc.option(fc.record({ after: fc.integer({ min: 1, max: 5 }), units: fc.integer({ min: 0, max: 40 }) })),
})
const life: fc.Arbitrary<Life> = fc.record({
  unit: fc.integer({ min: 1, max: 3_000 }),
  // No week, no month, no year: each is so many days.
  days: fc.constantFrom(6, 10, 13, 45),
  units: fc.integer({ min: 1, max: 50 }),
  from: fc.integer({ min: 0, max: 40 }),
  turns: fc.array(turn, { minLength: 1, maxLength: 6 }),
})

const dayText = (day: number): string => new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10)

/** The invoices of an item, and what anybody would say it brings on each day that they name. */
function play({ unit, days, units, from, turns }: Life, item: string) {
  const price = aPrice(String(unit), { interval: 'DAY', intervalCount: days })
  const invoices: SourcedInvoice[] = []
  const line = (start: number, end: number, amount: number, quantity: number, more: Partial<ServicePeriod> = {}) =>
    aPeriod(dayText(start), dayText(end), amount, {
      item,
      quantity,
      price,
      ...more,
      line: `${item} ${start} ${quantity} ${amount}`,
    })
  /** Of each day: minor units per period, or nothing. */
  const worth = new Map<number, number>()
  let held = units
  let last = -1
  for (const [index, { standing, off, byHand, change }] of turns.entries()) {
    const [start, end] = [from + index * days, from + (index + 1) * days]
    if (held === 0) break
    if (standing === 'NONE') continue
    const asked = byHand ?? unit * held
    const reductions = off === 0 ? {} : { reductions: [{ discount: 'd1', amount: String(off) }] }
    invoices.push(anInvoice([line(start, end, asked, held, reductions)], { invoice: `${item} ${index}`, standing }))
    if (standing === 'VOID') {
      last = -1
      continue
    }
    for (let day = start; day < end; day += 1) worth.set(day, Math.max(0, asked - off))
    last = end - 1
    if (change && change.units !== held) {
      const share = (days - change.after) / days
      const at = start + change.after
      const credit = line(at, end, -Math.max(1, Math.round(asked * share)), held, { proration: true })
      const charge = line(at, end, Math.round(unit * change.units * share), change.units, { proration: true })
      invoices.push(
        anInvoice(change.units === 0 ? [credit] : [credit, charge], { invoice: `${item} ${index} changed` }),
      )
      for (let day = at; day < end; day += 1)
        worth.set(day, Math.max(0, unit * change.units - (change.units === 0 ? 0 : off)))
      held = change.units
      if (held === 0) last = -1
    }
  }
  return { invoices, worth, last, days, price }
}

/** Half-even, in whole numbers: minor units per `days` to minor units a month of 365/12 days. */
function monthly(amount: number, days: number): number {
  const [over, under] = [BigInt(amount) * 365n, BigInt(days) * 12n]
  const [whole, twice] = [over / under, (over % under) * 2n]
  return Number(twice > under || (twice === under && whole % 2n === 1n) ? whole + 1n : whole)
}

describe('MRR of invoices', () => {
  it('is, day by day, that of the lines in service on it', () => {
    fc.assert(
      fc.property(fc.array(life, { minLength: 1, maxLength: 3 }), fc.integer({ min: 0, max: 1_000 }), (lives, seed) => {
        const played = lives.map((each, index) => play(each, `si_${index}`))
        const items = played.map(({ price }, index) => ({ ...anItem('core', 1, price), item: `si_${index}` }))
        const end = 400
        const told: Told[] = [
          [dayText(0), { items }],
          [dayText(end), { status: 'ENDED', items: [] }],
        ]
        const invoices = played.flatMap((each) => each.invoices)
        const messy = [...invoices].sort((a, b) => hash(a.sourceEvent, seed) - hash(b.sourceEvent, seed))
        const found = new Map(moves(told, messy))
        let level = 0
        for (let day = 0; day <= end; day += 1) {
          level += found.get(dayText(day)) ?? 0
          const expected = played.reduce((sum, { worth, last, days }) => {
            // Past its last invoice it counts on until service ends.
            const amount = worth.get(last >= 0 && day > last ? last : day) ?? 0
            return sum + (day === end ? 0 : monthly(amount, days))
          }, 0)
          expect([dayText(day), level]).toEqual([dayText(day), expected])
        }
      }),
      { numRuns: 300 },
    )
  })
})

const hash = (text: string, seed: number): number =>
  [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0) + seed) % 10_007, seed)
