import { Command } from 'commander'
import { createDatabase, dropAll } from '../testing/db.ts'
import { describeIngest, TARGETS } from './describe-ingest.ts'
import { eventIngest, FEEDS } from './event-ingest.ts'
import { ledgerAppends } from './ledger-appends.ts'

type Options = { scale: string; rounds: string; batch: string; only?: string; json?: boolean }

const WHOLE = { lines: 1_000_000, events: 300_000, accounts: 50_000 }

/** `pnpm bench ingest` */
export function ingestBench(): Command {
  return new Command('ingest')
    .description(
      'Ledger appends against COPY into the same table, and Stripe and CSV events from bytes to posted ledger',
    )
    .option('--scale <part>', 'part of 1,000,000 lines, and of 300,000 events of 50,000 accounts', '0.1')
    .option('--rounds <count>', 'times that appends and COPY take turns; the median counts', '3')
    .option('--batch <count>', 'events of one transaction', '1000')
    .option('--only <part>', 'ledger or events')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nRuns on PostgreSQL: TEST_DATABASE_URL, or 127.0.0.1:5432. Makes a database and drops it.')
    .action(async (options: Options) => {
      const scale = positive(options.scale, '--scale')
      const size = (whole: number) => Math.max(1_000, Math.round(whole * scale))
      const rounds = Math.ceil(positive(options.rounds, '--rounds'))
      const batch = Math.ceil(positive(options.batch, '--batch'))
      const databases: string[] = []
      try {
        const url = await createDatabase(databases)
        // Events run too few rows to show COPY's pace, so it is measured whatever is asked for.
        const ledger = await ledgerAppends(url, size(WHOLE.lines), rounds)
        const events = []
        for (const feed of options.only === 'ledger' ? [] : FEEDS)
          events.push(
            await eventIngest(url, feed, { events: size(WHOLE.events), accounts: size(WHOLE.accounts), batch }),
          )
        const text = describeIngest(ledger, events)
        process.stdout.write(`${options.json ? JSON.stringify({ ledger, events, targets: TARGETS }, null, 2) : text}\n`)
      } finally {
        await dropAll(databases)
      }
    })
}

function positive(text: string, option: string): number {
  const number = Number(text)
  if (number > 0) return number
  throw new Error(`${option} ${text} is not a number above 0.`)
}
