import { connect } from '@nobishiro/prisma'
import { Command, CommanderError } from 'commander'
import { createDatabase, dropAll } from '../db.ts'
import { flood } from './flood.ts'
import { killAgainAndAgain } from './kill.ts'
import { mixedClients } from './mixed.ts'

// `pnpm nightly`: proofs that take minutes. A short version of each is among the tests.
const program = new Command('nightly').description('Proofs that take minutes. Each ends with 1 where it finds a fault.')

program
  .command('kill')
  .argument('[kills]', 'how often, on each engine', Number, 100)
  .description(
    'kill a server while webhooks, batches and files come in, on PGlite and PostgreSQL, and look at what counts',
  )
  .action(async (kills: number) => {
    const databases: string[] = []
    try {
      for (const engine of ['PGlite', 'PostgreSQL']) {
        const target = engine === 'PGlite' ? {} : { url: await createDatabase(databases) }
        const onRound = (done: number) =>
          void (done % 10 === 0 && process.stderr.write(`${engine}: ${done} of ${kills}\n`))
        report({ engine, ...(await killAgainAndAgain(kills, { ...target, onRound })) })
      }
    } finally {
      await dropAll(databases)
    }
  })

program
  .command('mixed')
  .argument('[seconds]', 'how long at least; until 20,000 answers', Number, 60)
  .description(
    '64 clients of two tenants on PostgreSQL while requests are left, run late and fail; every answer is searched',
  )
  .action(async (seconds: number) => {
    const databases: string[] = []
    const db = await connect({ url: await createDatabase(databases) })
    try {
      const started = Date.now()
      const end = started + seconds * 1_000
      const until = (answers: number) => Date.now() > end && answers >= 20_000
      const figures = await mixedClients(db, { until, clients: 64 })
      report({ seconds: Math.round((Date.now() - started) / 1_000), ...figures })
    } finally {
      await db.close()
      await dropAll(databases)
    }
  })

program
  .command('flood')
  .argument('[seconds]', 'how long', Number, 15)
  .option('--connections <count>', 'of the flood', Number, 64)
  .option('--redis <url>', 'where allowances are shared')
  .description('how long a tenant waits for its pages on PostgreSQL while another one asks as often as it can')
  .action(async (seconds: number, { connections, redis }: { connections: number; redis?: string }) => {
    const databases: string[] = []
    try {
      report(await flood(await createDatabase(databases), { seconds, connections, redisUrl: redis }))
    } finally {
      await dropAll(databases)
    }
  })

function report(figures: { faults: string[]; [name: string]: unknown }): void {
  console.log(JSON.stringify(figures, null, 2))
  if (figures.faults.length > 0) process.exitCode = 1
}

try {
  await program.exitOverride().parseAsync()
} catch (error) {
  if (!(error instanceof CommanderError)) throw error
  process.exitCode = error.exitCode === 0 ? 0 : 2
}
