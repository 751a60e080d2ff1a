import { Command } from 'commander'
import { accountsOf, everyAccount } from '../facts/scope.ts'
import { evaluate } from '../metrics/evaluate.ts'
import { type Bench, benchOf, type Measured } from './bench-of.ts'
import { atMost, atMostTimes, type Figure } from './figure.ts'
import { figuresTable } from './figures-table.ts'
import { FIRST, type LargeTenant, largeTenant, MONTHS, REGIONS } from './large-tenant.ts'
import { median, spellCount, whole } from './numbers.ts'

type Options = { accounts: string; rounds: string }

const TARGETS = { ms: 30, linear: 1.5, scope: 1.2 } as const
const RANGE = { start: FIRST, end: FIRST + MONTHS }

/** `pnpm bench retention` */
export function retentionBench(): Bench {
  const command = new Command('retention')
    .description(
      'NRR and GRR of every month: of all accounts, of a tenth as many, and of what scopes and filters leave',
    )
    .option('--accounts <count>', 'accounts of the generated tenant', '200000')
    .option('--rounds <count>', 'times that each is measured; the median counts', '7')
  return benchOf(command, measure)
}

async function measure(options: Options): Promise<Measured> {
  const [accounts, turns] = [whole(options.accounts, '--accounts'), whole(options.rounds, '--rounds')]
  const [large, small] = [largeTenant(accounts), largeTenant(Math.ceil(accounts / 10))]
  prove(large)
  const scopes = scopesOf(large)
  const times = {
    whole: [] as number[],
    tenth: [] as number[],
    scopes: scopes.map(({ name, ask }) => ({ name, ask, times: [] as number[] })),
  }
  for (let turn = -1; turn < turns; turn += 1) {
    const keep = turn < 0 ? () => {} : (list: number[], time: number) => list.push(time) // the first turn warms up
    keep(
      times.whole,
      timeOf(() => retention(large)),
    )
    keep(
      times.tenth,
      timeOf(() => retention(small)),
    )
    for (const scope of times.scopes) keep(scope.times, timeOf(scope.ask))
  }
  const found: Found = {
    ...{ accounts, points: large.points.count, tenthPoints: small.points.count },
    ...{ wholeMs: median(times.whole), tenthMs: median(times.tenth) },
    scopes: times.scopes.map(({ name, times: taken }) => ({ name, ms: median(taken) })),
  }
  const figures = figuresOf(found)
  return {
    text: figuresTable(figures),
    value: found,
    scale: `${spellCount(accounts)} accounts, 36 months, ${spellCount(found.points)} change points; a tenth of it`,
    figures,
  }
}

type Asked = Partial<Pick<Parameters<typeof evaluate>[1], 'scope' | 'where'>>

function retention({ store, now }: LargeTenant, asked: Asked = {}) {
  return evaluate(store, { scope: everyAccount(store), now, keys: ['nrr', 'grr'], range: RANGE, ...asked })
}

function timeOf(work: () => unknown): number {
  const began = performance.now()
  work()
  return performance.now() - began
}

/** An account's own view, a partner's hundredth, a book of half of them, a region. */
function scopesOf(tenant: LargeTenant): { name: string; ask: () => unknown }[] {
  const { store } = tenant
  const every = (step: number) => store.accounts.ids.filter((_, place) => place % step === 0)
  const of = (accountIds: readonly string[]) => accountsOf(store, accountIds)
  const [one, hundredth, half] = [of(store.accounts.ids.slice(0, 1)), of(every(100)), of(every(2))]
  return [
    { name: 'one account', ask: () => retention(tenant, { scope: one }) },
    { name: 'a hundredth of the accounts', ask: () => retention(tenant, { scope: hundredth }) },
    { name: 'half of the accounts', ask: () => retention(tenant, { scope: half }) },
    { name: 'one region', ask: () => retention(tenant, { where: { region: [REGIONS[0]] } }) },
  ]
}

/** Every account has one region, so what regions retain and began with adds up to the whole. */
function prove(tenant: LargeTenant): void {
  const terms = (asked?: Asked) =>
    retention(tenant, asked).flatMap(({ values }) =>
      values.flatMap(({ numerator, denominator }) => [numerator?.minor ?? 0n, denominator?.minor ?? 0n]),
    )
  const parts = REGIONS.map((region) => terms({ where: { region: [region] } }))
  const summed = terms().map((_, place) => parts.reduce((sum, part) => sum + (part[place] ?? 0n), 0n))
  if (summed.join() !== terms().join()) throw new Error('The regions do not add up to the whole.')
}

type Found = {
  accounts: number
  points: number
  tenthPoints: number
  wholeMs: number
  tenthMs: number
  scopes: { name: string; ms: number }[]
}

function figuresOf({ accounts, points, tenthPoints, wholeMs, tenthMs, scopes }: Found): Figure[] {
  const slowest = scopes.reduce((a, b) => (b.ms > a.ms ? b : a))
  const each = (ms: number, count: number) => ({ value: (ms * 1e6) / count, unit: 'ns/change point' as const })
  return [
    {
      what: `NRR and GRR of every month, ${spellCount(accounts)} accounts`,
      ours: { value: wholeMs, unit: 'ms' },
      target: atMost(TARGETS.ms),
      limit: `One thread visits ${spellCount(points)} change points and 36 closes of every account: ${((wholeMs * 1e6) / points).toFixed(0)} ns a change point.`,
    },
    {
      what: 'the same by change point, beside a tenant of a tenth',
      ours: each(wholeMs, points),
      baseline: { name: 'a tenth of the accounts', ...each(tenthMs, tenthPoints) },
      target: atMostTimes(TARGETS.linear),
      limit: 'The columns of the larger tenant do not fit the caches of the processor.',
    },
    {
      what: `the same, slowest of ${scopes.length} scopes: ${slowest.name}`,
      ours: { value: slowest.ms, unit: 'ms' },
      baseline: { name: 'all accounts', value: wholeMs, unit: 'ms' },
      target: atMostTimes(TARGETS.scope),
      limit: 'Items are looked at one by one where a filter names some of them.',
    },
  ]
}
