import { Command, CommanderError } from 'commander'

/** Each name with the module that has it: only the one that runs is loaded. */
const BENCHES: Record<string, () => Promise<Command>> = {
  ingest: async () => (await import('./ingest.ts')).ingestBench(),
  http: async () => (await import('./http.ts')).httpBench(),
  metrics: async () => (await import('./metrics.ts')).metricsBench(),
}

const program = new Command('bench').description('Measure, with the baseline in the same run: pnpm bench <name>')
for (const make of Object.values(BENCHES)) program.addCommand((await make()).exitOverride())

try {
  await program.exitOverride().parseAsync(process.argv.slice(2), { from: 'user' })
} catch (error) {
  if (!(error instanceof CommanderError)) throw error
  process.exitCode = error.exitCode === 0 ? 0 : 2
}
