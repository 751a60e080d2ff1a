import { TARGETS } from './describe-ingest.ts'
import type { EventIngest } from './event-ingest.ts'
import { atLeast, atLeastTimes, type Figure } from './figure.ts'
import type { Appends } from './ledger-appends.ts'

/** Appends beside COPY of the same run, and events beside their own target. */
export function ingestFigures({ copy, append }: Appends, events: readonly EventIngest[]): Figure[] {
  return [
    {
      what: 'idempotent append to the ledger',
      ours: { value: append, unit: 'lines/s' },
      baseline: { name: 'COPY into the same table with its indexes', value: copy, unit: 'lines/s' },
      target: atLeastTimes(TARGETS.copyRatio),
      limit:
        'Rows are written twice: row-level security refuses COPY into the ledger, so they are copied into a temporary table and inserted from there.',
    },
    ...events.map(
      (feed): Figure => ({
        what: `${feed.feed}, from bytes to posted ledger, one connection`,
        ours: { value: feed.rate, unit: 'events/s' },
        target: atLeast(TARGETS.eventsPerSecond),
        limit: limitOf(feed),
      }),
    ),
  ]
}

function limitOf({ events, lines, cpuSeconds, seconds, spent }: EventIngest): string {
  const own = (spent['parse'] ?? 0) + (spent['fold, classify, encode'] ?? 0)
  const database = Math.round(((seconds - own) / seconds) * 100)
  return `Nothing overlaps: ${database} % of the time the process waits for the database, which writes an inbox row and ${(lines / events).toFixed(1)} lines for an event; its own work takes ${Math.round((cpuSeconds / events) * 1e6)} µs an event.`
}
