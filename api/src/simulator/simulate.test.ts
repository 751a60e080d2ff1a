import { describe, expect, it } from 'vitest'
import { readStripe } from '../ingest/sources/stripe/stripe.ts'
import { signatureHeader, verifySignature } from '../ingest/sources/stripe/verify.ts'
import { sha256 } from '../shared/canonical.ts'
import { arrivals } from './arrivals.ts'
import { monthStart } from './calendar.ts'
import { coreOf } from './contract.ts'
import type { Step } from './life.ts'
import { foldNaively, type NaiveAccount } from './naive-fold.ts'
import { ratesOf } from './rates.ts'
import { holdsRuns, RUNS } from './runs.ts'
import { DEMO_SEED } from './seed-demo.ts'
import { customersOf, type Span, simulate, threeYearsBefore } from './simulate.ts'
import { toldByMonth } from './told.ts'
import { usageByMonth, usageCsv } from './usage.ts'
import { DOLLARS } from './vendor.ts'

const until = new Date('2026-11-22T03:00:00Z')
const span: Span = { seed: DEMO_SEED, from: threeYearsBefore(until), until }
const LAST = 35

const webhooks = [...simulate(span)]
const customers = customersOf(span)
const told = foldNaively(webhooks, span, usageByMonth(span))
/** In yen throughout, at 150 for a dollar: the story is not one of rates. */
const accounts = told.map((account) =>
  account.currency === 'usd' ? { ...account, mrr: account.mrr.map((cents) => cents * 1.5) } : account,
)
const hashes = (list: typeof webhooks) => list.map(({ body }) => sha256(body))
const sum = (list: NaiveAccount[], value: (account: NaiveAccount) => number) =>
  list.reduce((total, account) => total + value(account), 0)
const at = (list: number[], month: number) => list[month] ?? 0

describe('the demo vendor', () => {
  it('sends the same bytes for the same seed, and others for another', () => {
    expect(hashes([...simulate(span)])).toEqual(hashes(webhooks))
    expect(hashes([...simulate({ ...span, seed: 'another' })]).slice(0, 200)).not.toEqual(
      hashes(webhooks).slice(0, 200),
    )
  })

  it.each(['2023-11-01T00:00:00Z', '2024-02-29T15:00:00Z', '2025-06-10T04:00:00Z', '2026-11-21T00:00:00Z'])(
    'sends the beginning of the same history when only told up to %s',
    (earlier) => {
      const part = hashes([...simulate({ ...span, until: new Date(earlier) })])
      expect(part).toEqual(hashes(webhooks).slice(0, part.length))
      expect(webhooks[part.length]?.created.getTime()).toBeGreaterThan(Date.parse(earlier))
    },
  )

  it('sends events in time order, each once, all of them countable', () => {
    const times = webhooks.map(({ created }) => created.getTime())
    expect(times).toEqual([...times].sort((a, b) => a - b))
    expect(new Set(webhooks.map(({ id }) => id)).size).toBe(webhooks.length)
    expect(webhooks.map(({ body }) => readStripe(body, 'stripe')).filter((received) => received.ignored)).toEqual([])
    expect(webhooks.length).toBeGreaterThan(2000)
    expect(webhooks.length).toBeLessThan(8000)
  })

  it('never moves a subscription twice in the same second', () => {
    const moves = customers.flatMap(({ key, steps }) =>
      steps.map((step) => `${key} ${step.contract.key} ${Math.floor(step.at.getTime() / 1000)}`),
    )
    expect(new Set(moves).size).toBe(moves.length)
  })

  it('sends what a signature check accepts', () => {
    const [{ body: raw } = { body: new Uint8Array() }] = webhooks
    const now = until.getTime()
    const header = signatureHeader({ raw, secret: 'whsec_demo', now })
    expect(() => verifySignature({ raw, header, secrets: ['whsec_demo'], now })).not.toThrow()
  })

  it('has about 400 customers with names of their own', () => {
    expect(customers.length).toBeGreaterThan(370)
    expect(customers.length).toBeLessThan(430)
    expect(new Set(customers.map(({ company }) => company.name)).size).toBe(customers.length)
    expect(customers.filter(({ company }) => /\d|_|company/i.test(company.name))).toEqual([])
  })
})

describe('what arrives', () => {
  const arrived = arrivals(webhooks, span)
  it('is late now and then, and sometimes comes twice, the same way every time', () => {
    const times = arrived.map(({ created }) => created.getTime())
    const late = times.filter((time, index) => index > 0 && time < (times[index - 1] ?? 0))
    expect(late.length).toBeGreaterThan(5)
    expect(late.length).toBeLessThan(arrived.length / 50)
    expect(arrived.length - new Set(arrived).size).toBeGreaterThan(3)
    expect(arrivals(webhooks, span)).toEqual(arrived)
  })

  it('is the beginning of the same when only told up to an earlier time', () => {
    const earlier = { ...span, until: new Date('2025-06-10T04:00:00Z') }
    const part = arrivals(simulate(earlier), earlier).map(({ id }) => id)
    expect(part).toEqual(arrived.slice(0, part.length).map(({ id }) => id))
  })
})

describe('the people', () => {
  it('of a group belong to departments of it, and the group itself holds nothing', () => {
    const departments = customers.filter(({ parent }) => parent !== undefined)
    expect(departments.map(({ company }) => company.name)).toEqual([
      'Aobadai Sales',
      'Aobadai Construction',
      'Aobadai Leasing',
    ])
    const [parent] = new Set(departments.map((department) => department.parent))
    expect(customers.some(({ id }) => id === parent)).toBe(false)
    expect(webhooks.filter(({ body }) => new TextDecoder().decode(body).includes(`"id":"${parent}"`))).toHaveLength(1)
  })

  it('are welcomed with a discount, one in seven, and pay in full after a year', () => {
    const welcomed = customers.filter(({ steps }) => steps[0]?.contract.discount)
    expect(welcomed.length / customers.length).toBeGreaterThan(0.1)
    expect(welcomed.length / customers.length).toBeLessThan(0.2)
  })

  it('of the United States buy in dollars from some month on, and nobody in two currencies', () => {
    const currencies = customers.map(({ steps }) => new Set(steps.map(({ contract }) => contract.currency)))
    expect(currencies.filter((held) => held.size > 1)).toEqual([])
    const dollars = customers.filter(({ steps }) => steps[0]?.contract.currency === 'usd')
    expect(dollars.length).toBeGreaterThan(8)
    expect(new Set(dollars.map(({ company }) => company.country))).toEqual(new Set(['US']))
    const before = dollars.filter(({ steps }) => steps[0] && steps[0].at < monthStart(span.from, DOLLARS.month))
    expect(before).toEqual([])
  })

  it('switch a paid feature on once they are large', () => {
    const holds = ({ contract }: Step) => contract.holdings.some(({ slot }) => slot === 'sign-on')
    const adopted = customers.filter(({ steps }) => steps.some(holds))
    expect(adopted.length).toBeGreaterThan(20)
    const first = adopted.flatMap(({ steps }) => steps.find(holds) ?? [])
    expect(first.filter(({ contract }) => coreOf(contract).quantity < 25)).toEqual([])
  })
})

describe('the story', () => {
  it('Aozora grows from 3 to 50 seats, in two regions', () => {
    const aozora = accounts.find(({ id }) => id === customers[0]?.id)
    expect(customers[0]?.company.name).toBe('Aozora')
    const seats = [...new Set(aozora?.seats)].filter((count) => count > 0)
    expect(seats).toEqual([3, 5, 8, 12, 17, 22, 28, 33, 43, 50])
    const regions = new Set(
      customers[0]?.steps.flatMap(({ contract }) => contract.holdings.map(({ region }) => region)),
    )
    expect(regions).toEqual(new Set(['JP', 'SG']))
  })

  it('is of a healthy vendor: retention over twelve months', () => {
    const held = accounts.filter(({ mrr }) => at(mrr, LAST - 12) > 0)
    const opening = sum(held, ({ mrr }) => at(mrr, LAST - 12))
    const nrr = sum(held, ({ mrr }) => at(mrr, LAST)) / opening
    const grr = sum(held, ({ mrr }) => Math.min(at(mrr, LAST), at(mrr, LAST - 12))) / opening
    expect(nrr).toBeGreaterThan(1.08)
    expect(nrr).toBeLessThan(1.2)
    expect(grr).toBeGreaterThan(0.88)
    expect(grr).toBeLessThan(0.94)
  })

  it('has MRR that grows every month of the last two years', () => {
    const total = Array.from({ length: LAST + 1 }, (_, month) => sum(accounts, ({ mrr }) => at(mrr, month)))
    for (let month = 12; month <= LAST; month++) {
      expect(at(total, month) / at(total, month - 1)).toBeGreaterThan(1)
      expect(at(total, month) / at(total, month - 1)).toBeLessThan(1.15)
    }
  })

  it('loses about one customer in a hundred a month, more in weak months, and wins some back', () => {
    const rates = Array.from({ length: 24 }, (_, index) => {
      const month = LAST - 23 + index
      const opening = accounts.filter(({ mrr }) => at(mrr, month - 1) > 0)
      return opening.filter(({ mrr }) => at(mrr, month) === 0).length / opening.length
    })
    const mean = rates.reduce((total, rate) => total + rate, 0) / rates.length
    expect(mean).toBeGreaterThan(0.006)
    expect(mean).toBeLessThan(0.013)
    expect(Math.max(...rates)).toBeGreaterThan(0.015)
    const returned = accounts.filter(({ mrr }) =>
      mrr.some((amount, m) => amount > 0 && at(mrr, m - 1) === 0 && m > 0 && mrr.slice(0, m).some((was) => was > 0)),
    )
    expect(returned.length).toBeGreaterThan(3)
  })

  it('has trials that convert and trials that do not', () => {
    const trials = customers.filter(({ steps }) => steps[0]?.contract.status === 'trialing')
    const converted = trials.filter(({ steps }) => steps.some(({ contract }) => contract.status === 'active'))
    expect(trials.length).toBeGreaterThan(50)
    expect(converted.length / trials.length).toBeGreaterThan(0.5)
    expect(converted.length).toBeLessThan(trials.length)
  })
})

describe('the rates', () => {
  const rates = ratesOf(span)

  it('are there every week, near 150 yen, and stay as they were when told up to an earlier time', () => {
    const yen = rates.map(({ rate }) => Number(rate))
    expect(rates[0]?.day).toBe('2023-10-31')
    expect(rates.at(-1)?.day).toMatch(/^2026-11-(1[5-9]|2[01])$/)
    expect(Math.min(...yen)).toBeGreaterThan(125)
    expect(Math.max(...yen)).toBeLessThan(175)
    expect(Math.max(...yen) - Math.min(...yen)).toBeGreaterThan(8)
    const earlier = ratesOf({ ...span, until: new Date('2025-07-15T00:00:00Z') })
    expect(earlier).toEqual(rates.slice(0, earlier.length))
  })
})

describe('the usage', () => {
  const months = usageByMonth(span)
  const seatsOf = new Map(accounts.map(({ id, seats }) => [id, seats]))

  it('covers every complete month', () => {
    expect(months.map(({ month }) => month)[0]).toBe('2023-11')
    expect(months.map(({ month }) => month).at(-1)).toBe('2026-10')
    expect(months).toHaveLength(36)
  })

  it('is never above what is purchased, and mostly 70 to 95 percent of it', () => {
    const ratios = months.flatMap(({ rows }, month) =>
      rows
        .filter(({ metric }) => metric === 'active_seats')
        .map(({ account, quantity }) => ({ quantity, purchased: at(seatsOf.get(account) ?? [], month) })),
    )
    expect(ratios.filter(({ quantity, purchased }) => quantity > purchased)).toEqual([])
    const large = ratios
      .filter(({ purchased }) => purchased >= 20)
      .map(({ quantity, purchased }) => quantity / purchased)
    expect(Math.min(...large)).toBeGreaterThan(0.6)
    expect(Math.max(...large)).toBeLessThanOrEqual(0.95)
  })

  it('bills runs beyond the included ones to those who hold them, from the month of the order on', () => {
    const billing = customers.filter(({ steps }) => steps.some(holdsRuns))
    expect(billing.length).toBeGreaterThan(5)
    const metered = months.map(({ rows }) => rows.filter(({ metric }) => metric.startsWith('mtr_')))
    expect(new Set(metered.flatMap((rows) => rows.map(({ account }) => account)))).toEqual(
      new Set(billing.map(({ id }) => id)),
    )
    expect(metered.slice(0, RUNS.launched).flat()).toEqual([])
    expect(metered.flat().filter(({ quantity }) => !Number.isInteger(quantity) || quantity < 0)).toEqual([])
    expect(metered.at(-1)?.some(({ quantity }) => quantity > 2_000)).toBe(true)
  })

  it('has assigned seats between the active and the purchased ones', () => {
    for (const { rows } of months) {
      const active = new Map(
        rows.filter(({ metric }) => metric === 'active_seats').map((row) => [row.account, row.quantity]),
      )
      const wrong = rows.filter(
        ({ metric, account, quantity }) => metric === 'assigned_seats' && quantity < (active.get(account) ?? 0),
      )
      expect(wrong).toEqual([])
    }
  })

  it('is the same when only told up to an earlier month', () => {
    const earlier = usageByMonth({ ...span, until: new Date('2025-07-15T00:00:00Z') })
    expect(earlier.map(({ rows }) => usageCsv(rows))).toEqual(
      months.slice(0, earlier.length).map(({ rows }) => usageCsv(rows)),
    )
    expect(usageCsv(months[0]?.rows ?? [])).toMatch(
      /^id,account_id,metric,date,quantity\ncus_\w+-active_seats-2023-11-30,cus_\w+,active_seats,2023-11-30,\d+\n/,
    )
  })
})

describe('what is told beside revenue', () => {
  const told = toldByMonth(span)
  const all = told.flatMap(({ events }) => events)

  it('covers every complete month, with spend on each category', () => {
    expect(told.map(({ month }) => month)).toEqual(usageByMonth(span).map(({ month }) => month))
    for (const { events } of told)
      expect(events.filter(({ kind }) => kind === 'SPEND').map(({ name }) => name)).toEqual([
        'marketing',
        'sales',
        'customer success',
      ])
  })

  it('never says the same of an account twice, and limits are never below what is purchased', () => {
    const ids = all.map(({ kind, observation }) => `${kind} ${observation}`)
    expect(new Set(ids).size).toBe(ids.length)
    const kinds = new Set(all.map(({ kind }) => kind))
    expect(kinds).toEqual(new Set(['SPEND', 'INVOICE_LINE', 'ENTITLEMENT', 'FEATURE', 'INTEGRATION']))
    const limits = new Map<string, number>()
    const seats = new Map(accounts.map((account) => [account.id, account.seats]))
    told.forEach(({ events }, month) => {
      for (const { kind, account = '', quantity } of events)
        if (kind === 'ENTITLEMENT') limits.set(account, Number(quantity))
      for (const [account, limit] of limits) expect(seats.get(account)?.[month] ?? 0).toBeLessThanOrEqual(limit)
    })
  })

  it('is the same when only told up to an earlier month', () => {
    const earlier = toldByMonth({ ...span, until: new Date('2025-07-15T00:00:00Z') })
    expect(earlier).toEqual(told.slice(0, earlier.length))
  })
})
