import { table } from '../cli/print.ts'
import type { EventIngest } from './event-ingest.ts'
import type { Appends } from './ledger-appends.ts'

export const TARGETS = { copyRatio: 0.6, eventsPerSecond: 10_000 }

const whole = (number: number) => Math.round(number).toLocaleString('en')
const met = (is: boolean) => (is ? 'met' : 'missed')

/** Figures beside their targets and beside COPY of the same run, and where the time of events went. */
export function describeIngest({ lines, copy, append }: Appends, events: readonly EventIngest[]): string {
  const rows = [
    [`COPY of ${whole(lines)} lines`, `${whole(copy)} lines/s`, '', 'baseline', ''],
    [
      'ledger append',
      `${whole(append)} lines/s`,
      `${(append / copy).toFixed(2)} x`,
      `>= ${TARGETS.copyRatio} x COPY`,
      met(append / copy >= TARGETS.copyRatio),
    ],
    ...events.map(({ feed, rate, ...size }) => [
      `${feed}: ${whole(size.events)} events of ${whole(size.accounts)} accounts, ${whole(size.lines)} lines, batches of ${whole(size.batch)}`,
      `${whole(rate)} events/s`,
      `${(rate / copy).toFixed(2)} x`,
      `>= ${whole(TARGETS.eventsPerSecond)} events/s`,
      met(rate >= TARGETS.eventsPerSecond),
    ]),
  ]
  const figures = table(['what', 'measured', 'beside COPY', 'target', ''], rows)
  return events.length === 0 ? figures : `${figures}\n\n${spentTable(events)}`
}

function spentTable(events: readonly EventIngest[]): string {
  const [first] = events
  const parts = [...new Set(events.flatMap(({ spent }) => Object.keys(spent)))]
  parts.sort((a, b) => (first?.spent[b] ?? 0) - (first?.spent[a] ?? 0))
  const rows = parts.map((part) => [part, ...events.map(({ spent, seconds }) => shareOf(spent[part] ?? 0, seconds))])
  const computed = events.map(
    ({ cpuSeconds, ...size }) => `${Math.round((cpuSeconds / size.events) * 1e6)} µs an event`,
  )
  rows.push(['(this process computed)', ...computed])
  return table(['where the time went', ...events.map(({ feed }) => feed)], rows)
}

const shareOf = (part: number, whole: number): string => `${((part / whole) * 100).toFixed(1)} %`
