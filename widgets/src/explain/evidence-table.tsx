import { useState } from 'react'
import { formatCount } from '../format/count.ts'
import type { Period } from '../queries/retention.ts'
import type { DrawerText } from './drawer-text.ts'
import type { Evidence, EvidenceRow } from './evidence.ts'
import type { ExactMoney } from './explain-text.ts'
import { LedgerLines } from './ledger-lines.tsx'

export interface EvidenceTableProps {
  evidence: Evidence
  caption: string
  /** What a row's amount is. */
  column: { label: string; isSigned: boolean }
  /** How the list's own amounts are written. */
  listed: ExactMoney
  /** For amounts of the explained number's currency. */
  exact: ExactMoney
  period: Period
  /** How the total comes about, for the last row: 854,915 − 760,600. */
  totalLabel: string
  text: DrawerText
  locale: string
}

/** Accounts with their part in the number and a running total that lands on it. */
export function EvidenceTable(props: EvidenceTableProps) {
  const { evidence, caption, column, listed, exact, period, totalLabel, text, locale } = props
  const { rows, others, total, difference } = evidence
  const { explain } = text
  const landed = listed.format(total)
  return (
    <table className="nobishiro-table nobishiro-evidence">
      <caption className="nobishiro-hidden">{caption}</caption>
      <thead className="nobishiro-table-head">
        <tr className="nobishiro-row">
          <th scope="col" className="nobishiro-column">
            {explain.columnAccount}
          </th>
          <th scope="col" className="nobishiro-column nobishiro-number">
            {column.label}
          </th>
          <th scope="col" className="nobishiro-column nobishiro-number">
            {explain.columnRunning}
          </th>
        </tr>
      </thead>
      <tbody className="nobishiro-table-body">
        {rows.map((row) => (
          <Row
            key={row.key}
            row={row}
            isSigned={column.isSigned}
            listed={listed}
            exact={exact}
            period={period}
            text={text}
            locale={locale}
          />
        ))}
        {others && (
          <tr className="nobishiro-row">
            <th scope="row" className="nobishiro-cell nobishiro-quiet">
              {explain.others(others.count, formatCount(others.count, locale))}
            </th>
            <td className="nobishiro-cell nobishiro-number">{listed.format(others.amount, column.isSigned)}</td>
            <td className="nobishiro-cell nobishiro-number">{landed}</td>
          </tr>
        )}
      </tbody>
      <tfoot className="nobishiro-table-foot">
        <tr className="nobishiro-row">
          <th scope="row" className="nobishiro-cell">
            {totalLabel}
          </th>
          <td
            colSpan={2}
            className={`nobishiro-cell nobishiro-number ${difference === 0n ? 'nobishiro-lands' : 'nobishiro-differs'}`}
          >
            {difference === 0n ? explain.lands(landed) : explain.differs(landed, listed.format(difference, true))}
          </td>
        </tr>
      </tfoot>
    </table>
  )
}

interface RowProps {
  row: EvidenceRow
  isSigned: boolean
  listed: ExactMoney
  exact: ExactMoney
  period: Period
  text: DrawerText
  locale: string
}

/** One account; its name opens the ledger lines behind it. */
function Row({ row, isSigned, listed, exact, period, text, locale }: RowProps) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <tr className="nobishiro-row">
        <th scope="row" className="nobishiro-cell nobishiro-account">
          <button
            type="button"
            className="nobishiro-disclose"
            aria-expanded={isOpen}
            onClick={() => setIsOpen(!isOpen)}
          >
            {text.account(row.account.name)}
          </button>
          {row.returned && <span className="nobishiro-account-note">{text.explain.returned}</span>}
        </th>
        <td className="nobishiro-cell nobishiro-number">{listed.format(row.amount, isSigned)}</td>
        <td className="nobishiro-cell nobishiro-number nobishiro-quiet">{listed.format(row.running)}</td>
      </tr>
      {isOpen && (
        <tr className="nobishiro-row">
          <td colSpan={3} className="nobishiro-cell nobishiro-lines-cell">
            <LedgerLines account={row.account} period={period} exact={exact} text={text} locale={locale} />
          </td>
        </tr>
      )}
    </>
  )
}
