import { Command } from 'commander'
import { table } from '../cli/print.ts'
import { type Bench, benchOf, type Measured } from './bench-of.ts'
import { type Duck, duckOf } from './duck.ts'
import { atMostTimes, type Figure } from './figure.ts'
import { largeTenant } from './large-tenant.ts'
import { median, spellCount, whole } from './numbers.ts'
import { type Question, questions } from './questions.ts'

type Options = { accounts: string; rounds: string }
type Timing = { name: string; ours: number; duck: number }

/** Of DuckDB reading the same change points, for all questions together. */
const TARGET = 1 / 5

/** `pnpm bench metrics` */
export function metricsBench(): Bench {
  const command = new Command('metrics')
    .description(
      "A dashboard's questions against DuckDB over the same change points; answers are compared before any time is printed",
    )
    .option('--accounts <count>', 'accounts of the generated tenant', '20000')
    .option('--rounds <count>', 'times that both sides take turns; the median counts', '5')
  return benchOf(command, measure, { runs: [[], ['--accounts', '200000', '--rounds', '1']] })
}

async function measure({ accounts, rounds }: Options): Promise<Measured> {
  const [size, turns] = [whole(accounts, '--accounts'), whole(rounds, '--rounds')]
  const began = performance.now()
  const { points, store, now } = largeTenant(size)
  const built = performance.now() - began
  const duck = await duckOf(points)
  try {
    const timings: Timing[] = []
    for (const question of questions) timings.push(await timed(question, { store, now, duck, turns }))
    const tenant = { accounts: size, points: points.count, bytesAPoint: store.bytes / points.count, built }
    return {
      text: describe(tenant, timings),
      value: { tenant, timings },
      scale: scaleOf(tenant),
      figures: figuresOf(tenant, timings),
    }
  } finally {
    duck.close()
  }
}

type Field = { store: ReturnType<typeof largeTenant>['store']; now: Date; duck: Duck; turns: number }

/** Both sides in turns, after each has answered once and the answers were equal. */
async function timed({ name, ours, sql }: Question, { store, now, duck, turns }: Field): Promise<Timing> {
  const [here, there] = [JSON.stringify(ours(store, now)), JSON.stringify(await duck.ask(sql))]
  if (here !== there)
    throw new Error(`${name}: the answers differ.\nours   ${here.slice(0, 600)}\nDuckDB ${there.slice(0, 600)}`)
  const times = { ours: [] as number[], duck: [] as number[] }
  for (let turn = 0; turn < turns; turn += 1) {
    const first = performance.now()
    ours(store, now)
    const second = performance.now()
    await duck.ask(sql)
    times.ours.push(second - first)
    times.duck.push(performance.now() - second)
  }
  return { name, ours: median(times.ours), duck: median(times.duck) }
}

type Tenant = { accounts: number; points: number; bytesAPoint: number; built: number }

const scaleOf = ({ accounts, points }: Tenant): string =>
  `${spellCount(accounts)} accounts, 36 months, ${spellCount(points)} change points`

/** All questions together. */
function sumOf(timings: readonly Timing[]): Timing {
  const sum = (side: 'ours' | 'duck') => timings.reduce((all, timing) => all + timing[side], 0)
  return { name: 'all of them', ours: sum('ours'), duck: sum('duck') }
}

function figuresOf(tenant: Tenant, timings: readonly Timing[]): Figure[] {
  const { ours, duck } = sumOf(timings)
  const slowest = timings.reduce((a, b) => (b.ours / b.duck > a.ours / a.duck && b.ours > ours / 10 ? b : a))
  const size = `${spellCount(tenant.accounts)} accounts`
  return [
    {
      what: `${timings.length} questions of a dashboard, ${size}`,
      ours: { value: ours, unit: 'ms' },
      baseline: { name: 'DuckDB over the same change points', value: duck, unit: 'ms' },
      target: atMostTimes(TARGET),
      limit: `"${slowest.name}" is dearest beside DuckDB: ${(slowest.ours / slowest.duck).toFixed(2)} of its time, ${Math.round((slowest.ours / ours) * 100)} % of ours.`,
    },
  ]
}

function describe(tenant: Tenant, timings: readonly Timing[]): string {
  const sum = sumOf(timings)
  const milliseconds = (time: number) => `${time.toFixed(1)} ms`
  const rows = [...timings, sum].map(({ name, ours, duck }) => [
    name,
    milliseconds(ours),
    milliseconds(duck),
    (ours / duck).toFixed(3),
  ])
  const met = sum.ours / sum.duck <= TARGET ? 'met' : 'missed'
  return [
    `${scaleOf(tenant)}, ${tenant.bytesAPoint.toFixed(1)} bytes each; generated in ${spellCount(tenant.built)} ms. Equal answers.`,
    table(['question', 'ours', 'DuckDB', 'ours / DuckDB'], rows),
    `Target: at most ${TARGET} of DuckDB for all of them: ${met}.`,
  ].join('\n')
}
