import type { Gap } from '../sources/stripe/history/gap.ts'
import type { HistoryReport } from './report.ts'

const SHOWN = 3

/** What a reading of a history did, or would do, for people to read. */
export function describeHistory(report: HistoryReport): string {
  return [...outcome(report), ...gaps(report)].join('\n')
}

function outcome({ dryRun, resumed, outcome, tenant, source, read, added, months, asOf }: HistoryReport): string[] {
  const counts = Object.entries(read).map(([name, count]) => `${number(count)} ${name}`)
  const verb = dryRun ? 'Would read' : 'Read'
  const news = outcome === 'NOTHING_NEW' ? 'nothing new' : `${number(added)} new or changed`
  return [
    ...(dryRun ? ['Dry run: nothing was written.'] : []),
    ...(resumed
      ? [`Went on with the run that was stopped, as of ${asOf}. Run it again for what has happened since.`]
      : []),
    `${verb} into tenant ${tenant} from source ${source}: ${counts.join(', ') || 'nothing'}: ${news}.`,
    months === null
      ? 'No subscription was found.'
      : `Covers ${months.first} to ${months.last} (${number(months.count)} ${months.count === 1 ? 'month' : 'months'}); from ${asOf} on, subscriptions are as they are now.`,
  ]
}

function gaps({ gaps }: HistoryReport): string[] {
  if (gaps.length === 0) return ['Nothing is missing.']
  return [
    'What could not be rebuilt:',
    ...gaps.flatMap(({ code, what, subscriptions, first }) => [
      `  ${code} (${number(subscriptions)}): ${what}`,
      ...first.slice(0, SHOWN).map((gap) => `    ${describeGap(gap)}`),
      ...(subscriptions > SHOWN ? [`    … and ${number(subscriptions - SHOWN)} more (--json has the first 20)`] : []),
    ]),
  ]
}

function describeGap({ of, from, until, count, note }: Gap): string {
  const time = from === undefined ? '' : ` ${day(from)} to ${until === undefined ? 'now' : day(until)}`
  const times = count === undefined || count === 1 ? '' : `, ${number(count)} times`
  return `${of}${time}${times}${note === undefined ? '' : `: ${note}`}`
}

const day = (instant: string): string => instant.slice(0, 10)
const number = (value: number) => value.toLocaleString('en')
