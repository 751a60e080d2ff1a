import { Command } from 'commander'
import { table } from '../cli/print.ts'
import { createDatabase, dropAll } from '../testing/db.ts'
import { eventIngest } from './event-ingest.ts'
import { ledgerAppends } from './ledger-appends.ts'

type Options = { scale: string; rounds: string; batch: string; only?: string; json?: boolean }

const WHOLE = { lines: 1_000_000, events: 300_000, accounts: 50_000 }
const TARGETS = { copyRatio: 0.6, eventsPerSecond: 10_000 }

/** `pnpm bench ingest` */
export function ingestBench(): Command {
  return new Command('ingest')
    .description('Ledger appends against COPY into the same table, and Stripe events from bytes to posted ledger')
    .option('--scale <part>', 'part of 1,000,000 lines, and of 300,000 events of 50,000 accounts', '0.1')
    .option('--rounds <count>', 'times that appends and COPY take turns; the median counts', '3')
    .option('--batch <count>', 'events of one transaction', '1000')
    .option('--only <part>', 'ledger or events')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nRuns on PostgreSQL: TEST_DATABASE_URL, or 127.0.0.1:5432. Makes a database and drops it.')
    .action(async (options: Options) => {
      const scale = positive(options.scale, '--scale')
      const size = (whole: number) => Math.max(1_000, Math.round(whole * scale))
      const databases: string[] = []
      try {
        const url = await createDatabase(databases)
        const ledger =
          options.only === 'events'
            ? null
            : await ledgerAppends(url, size(WHOLE.lines), Math.ceil(positive(options.rounds, '--rounds')))
        const events =
          options.only === 'ledger'
            ? null
            : await eventIngest(url, {
                events: size(WHOLE.events),
                accounts: size(WHOLE.accounts),
                batch: Math.ceil(positive(options.batch, '--batch')),
              })
        const text = describe(ledger, events)
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

function describe(
  ledger: Awaited<ReturnType<typeof ledgerAppends>> | null,
  events: Awaited<ReturnType<typeof eventIngest>> | null,
): string {
  const whole = (number: number) => Math.round(number).toLocaleString('en')
  const met = (is: boolean) => (is ? 'met' : 'missed')
  const rows: string[][] = []
  if (ledger) {
    const ratio = ledger.append / ledger.copy
    rows.push(
      [`COPY, ${whole(ledger.lines)} lines`, `${whole(ledger.copy)} lines/s`, 'baseline', ''],
      [
        'ledger append',
        `${whole(ledger.append)} lines/s, ${ratio.toFixed(2)} x COPY`,
        `>= ${TARGETS.copyRatio} x COPY`,
        met(ratio >= TARGETS.copyRatio),
      ],
    )
  }
  if (events) {
    const { rate, seconds, parseSeconds, ownSeconds } = events
    const share = (part: number) => `${Math.round((part / seconds) * 100)} %`
    rows.push(
      [
        `${whole(events.events)} events, ${whole(events.lines)} lines`,
        `${whole(rate)} events/s`,
        `>= ${whole(TARGETS.eventsPerSecond)} events/s`,
        met(rate >= TARGETS.eventsPerSecond),
      ],
      ['  of that, parsing', share(parseSeconds), '', ''],
      ['  this process computes', share(ownSeconds), '', ''],
    )
  }
  return table(['what', 'measured', 'target', ''], rows)
}
