import { Command } from 'commander'
import { table } from '../cli/print.ts'
import { type Duck, duckOf } from './duck.ts'
import { largeTenant } from './large-tenant.ts'
import { median, whole } from './numbers.ts'
import { type Question, questions } from './questions.ts'

type Options = { accounts: string; rounds: string; json?: boolean }
type Timing = { name: string; ours: number; duck: number }

/** Of DuckDB reading the same change points, for all questions together. */
const TARGET = 1 / 5

/** `pnpm bench metrics` */
export function metricsBench(): Command {
  return new Command('metrics')
    .description(
      "A dashboard's questions against DuckDB over the same change points; answers are compared before any time is printed",
    )
    .option('--accounts <count>', 'accounts of the generated tenant', '20000')
    .option('--rounds <count>', 'times that both sides take turns; the median counts', '5')
    .option('--json', 'print the result as JSON')
    .action(async ({ accounts, rounds, json }: Options) => {
      const [size, turns] = [whole(accounts, '--accounts'), whole(rounds, '--rounds')]
      const began = performance.now()
      const { points, store, now } = largeTenant(size)
      const built = performance.now() - began
      const duck = await duckOf(points)
      try {
        const timings: Timing[] = []
        for (const question of questions) timings.push(await timed(question, { store, now, duck, turns }))
        const tenant = { accounts: size, points: points.count, bytesAPoint: store.bytes / points.count, built }
        process.stdout.write(`${json ? JSON.stringify({ tenant, timings }, null, 2) : describe(tenant, timings)}\n`)
      } finally {
        duck.close()
      }
    })
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

function describe({ accounts, points, bytesAPoint, built }: Tenant, timings: readonly Timing[]): string {
  const sum = timings.reduce(
    (all, { ours, duck }) => ({ name: 'all of them', ours: all.ours + ours, duck: all.duck + duck }),
    { name: '', ours: 0, duck: 0 },
  )
  const milliseconds = (time: number) => `${time.toFixed(1)} ms`
  const rows = [...timings, sum].map(({ name, ours, duck }) => [
    name,
    milliseconds(ours),
    milliseconds(duck),
    (ours / duck).toFixed(3),
  ])
  const met = sum.ours / sum.duck <= TARGET ? 'met' : 'missed'
  const count = (number: number) => Math.round(number).toLocaleString('en')
  return [
    `${count(accounts)} accounts, 36 months, ${count(points)} change points, ${bytesAPoint.toFixed(1)} bytes each; generated in ${count(built)} ms. Equal answers.`,
    table(['question', 'ours', 'DuckDB', 'ours / DuckDB'], rows),
    `Target: at most ${TARGET} of DuckDB for all of them: ${met}.`,
  ].join('\n')
}
