import { Command, CommanderError } from 'commander'
import { runAll } from './all-benches.ts'
import type { Bench } from './bench-of.ts'

/** Each name with the module that has it: where one is named, only that one is loaded. */
const BENCHES: Record<string, () => Promise<Bench>> = {
  metrics: async () => (await import('./metrics.ts')).metricsBench(),
  retention: async () => (await import('./retention.ts')).retentionBench(),
  http: async () => (await import('./http.ts')).httpBench(),
  hydrate: async () => (await import('./hydrate.ts')).hydrateBench(),
  requests: async () => (await import('./requests.ts')).requestsBench(),
  browser: async () => (await import('./browser.ts')).browserBench(),
  embedded: async () => (await import('./embedded.ts')).embeddedBench(),
  start: async () => (await import('./start.ts')).startBench(),
  ingest: async () => (await import('./ingest.ts')).ingestBench(),
}

const args = process.argv.slice(2)
const named = Object.entries(BENCHES).filter(([name]) => args[0] === name)
const benches = await Promise.all((named.length > 0 ? named : Object.entries(BENCHES)).map(([, make]) => make()))

const program = new Command('bench')
  .description(
    'Measure, with the baseline in the same run. Without a name every bench runs and docs/benchmarks.md is written.',
  )
  .action(() => runAll(benches))
for (const { command } of benches) program.addCommand(command.exitOverride())

try {
  await program.exitOverride().parseAsync(args, { from: 'user' })
} catch (error) {
  if (!(error instanceof CommanderError)) throw error
  process.exitCode = error.exitCode === 0 ? 0 : 2
}
