import type { AccountReference, LedgerLine, Movement } from '@nobishiro/sdk'
import { addDays, addMonths, formatDay } from '../format/month.ts'
import { formatNumber } from '../format/parts.ts'
import { faultOf } from '../frame/fault.ts'
import { useSettings } from '../provider/settings.ts'
import { movementsQuery } from '../queries/movements.ts'
import type { Period } from '../queries/retention.ts'
import { useHookQuery } from '../queries/use-widget-query.ts'
import type { DrawerText } from './drawer-text.ts'
import { type ExactMoney, exactMoney } from './explain-text.ts'

export interface LedgerLinesProps {
  account: AccountReference
  period: Period
  /** For amounts of the explained number's currency. */
  exact: ExactMoney
  text: DrawerText
  locale: string
}

/** The ledger lines of one account in the window, each with the event it came from. */
export function LedgerLines({ account, period, exact, text, locale }: LedgerLinesProps) {
  const settings = useSettings('LedgerLines')
  // Movements are of months; a week lies in one or two of them.
  const range = { start: addMonths(period.start, 0), end: addMonths(addDays(period.end, -1), 1) }
  const where = { accountIds: [account.id], range }
  const { client, asOf, view } = settings
  const query = useHookQuery(settings, movementsQuery(client, { where, first: 50, asOf, view }))
  if (query.error) return <p className="nobishiro-lines-note">{faultOf(query.error, text, locale).text}</p>
  if (!query.data) return <p className="nobishiro-lines-note">{text.states.loading}</p>
  const isWithin = ({ effectiveOn }: LedgerLine) => effectiveOn >= period.start && effectiveOn < period.end
  const lines = query.data.edges.flatMap(({ node }) =>
    node.lines.filter(isWithin).map((line) => ({ line, movement: node })),
  )
  // A line is in the currency that the account pays in.
  const amountOf = ({ amount }: LedgerLine, { change }: Movement) => {
    const minor = BigInt(amount.minor)
    if (amount.currency === change.currency) return exact.format(minor, true)
    return `${exactMoney([minor], amount.currency, locale).format(minor, true)} ${amount.currency}`
  }
  if (lines.length === 0) return <p className="nobishiro-lines-note">{text.explain.noEvidence}</p>
  return (
    <ul className="nobishiro-lines" aria-label={text.explain.evidence(text.account(account.name))}>
      {lines.map(({ line, movement }) => (
        <li key={line.id} className="nobishiro-line">
          <span className="nobishiro-line-what">{whatOf(line, movement, text, locale)}</span>
          <span className="nobishiro-line-amount">{amountOf(line, movement)}</span>
          <span className="nobishiro-line-source">{`${line.source} · ${line.sourceEvent}`}</span>
        </li>
      ))}
    </ul>
  )
}

function whatOf(line: LedgerLine, movement: Movement, text: DrawerText, locale: string): string {
  const seats = formatNumber(line.seatsChange, locale, { signDisplay: 'exceptZero' })
  return [
    formatDay(line.effectiveOn, locale),
    line.strategy ? text.strategies[line.strategy] : text.kinds[movement.kind],
    line.plan.name,
    ...(line.seatsChange === 0 ? [] : [text.explain.lineSeats(seats)]),
  ].join(' · ')
}
