import { Command } from 'commander'
import { createDatabase, dropAll } from '../testing/db.ts'
import { type Bench, benchOf, type Measured } from './bench-of.ts'
import { describeIngest, TARGETS } from './describe-ingest.ts'
import { eventIngest, FEEDS } from './event-ingest.ts'
import { ingestFigures } from './ingest-figures.ts'
import { ledgerAppends } from './ledger-appends.ts'
import { spellCount } from './numbers.ts'

type Options = { scale: string; rounds: string; batch: string; only?: string }

const WHOLE = { lines: 1_000_000, events: 300_000, accounts: 50_000 }

/** `pnpm bench ingest` */
export function ingestBench(): Bench {
  const command = new Command('ingest')
    .description(
      'Ledger appends against COPY into the same table, and Stripe and CSV events from bytes to posted ledger',
    )
    .option('--scale <part>', 'part of 1,000,000 lines, and of 300,000 events of 50,000 accounts', '0.1')
    .option('--rounds <count>', 'times that appends and COPY take turns; the median counts', '3')
    .option('--batch <count>', 'events of one transaction', '1000')
    .option('--only <part>', 'ledger or events')
    .addHelpText('after', '\nRuns on PostgreSQL: TEST_DATABASE_URL, or 127.0.0.1:5432. Makes a database and drops it.')
  return benchOf(command, measure, { runs: [['--scale', '0.05']] })
}

async function measure(options: Options): Promise<Measured> {
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
      events.push(await eventIngest(url, feed, { events: size(WHOLE.events), accounts: size(WHOLE.accounts), batch }))
    return {
      text: describeIngest(ledger, events),
      value: { ledger, events, targets: TARGETS },
      scale: `${spellCount(ledger.lines)} lines; ${spellCount(size(WHOLE.events))} events of ${spellCount(size(WHOLE.accounts))} accounts, batches of ${spellCount(batch)}`,
      figures: ingestFigures(ledger, events),
    }
  } finally {
    await dropAll(databases)
  }
}

function positive(text: string, option: string): number {
  const number = Number(text)
  if (number > 0) return number
  throw new Error(`${option} ${text} is not a number above 0.`)
}
