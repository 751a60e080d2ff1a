import { useState } from 'react'
import { formatCount } from '../format/count.ts'
import type { Messages } from '../i18n/en.ts'
import type { Period } from '../queries/retention.ts'
import type { Evidence, EvidenceRow } from './evidence.ts'
import type { ExactMoney } from './explain-text.ts'
import { LedgerLines } from './ledger-lines.tsx'

export interface EvidenceTableProps {
  evidence: Evidence
  exact: ExactMoney
  period: Period
  /** How the total comes about, for the last row: 854,915 − 760,600. */
  totalLabel: string
  text: Messages
  locale: string
}

/** Accounts with their part in the number and a running total that lands on it. */
export function EvidenceTable({ evidence, exact, period, totalLabel, text, locale }: EvidenceTableProps) {
  const { part, rows, others, total, difference } = evidence
  const isLevel = part === 'closing' || part === 'opening' || part === 'kept'
  const { explain } = text
  const landed = exact.format(total)
  return (
    <table className="nobishiro-table nobishiro-evidence">
      <caption className="nobishiro-hidden">{explain.parts[part]}</caption>
      <thead className="nobishiro-table-head">
        <tr className="nobishiro-row">
          <th scope="col" className="nobishiro-column">
            {explain.columnAccount}
          </th>
          <th scope="col" className="nobishiro-column nobishiro-number">
            {isLevel ? explain.columnLevel(exact.label) : explain.columnChange(exact.label)}
          </th>
          <th scope="col" className="nobishiro-column nobishiro-number">
            {explain.columnRunning}
          </th>
        </tr>
      </thead>
      <tbody className="nobishiro-table-body">
        {rows.map((row) => (
          <Row key={row.key} row={row} isSigned={!isLevel} exact={exact} period={period} text={text} locale={locale} />
        ))}
        {others && (
          <tr className="nobishiro-row">
            <th scope="row" className="nobishiro-cell nobishiro-quiet">
              {explain.others(others.count, formatCount(others.count, locale))}
            </th>
            <td className="nobishiro-cell nobishiro-number">{exact.format(others.amount, !isLevel)}</td>
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
            {difference === 0n ? explain.lands(landed) : explain.differs(landed, exact.format(difference, true))}
          </td>
        </tr>
      </tfoot>
    </table>
  )
}

interface RowProps {
  row: EvidenceRow
  isSigned: boolean
  exact: ExactMoney
  period: Period
  text: Messages
  locale: string
}

/** One account; its name opens the ledger lines behind it. */
function Row({ row, isSigned, exact, period, text, locale }: RowProps) {
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
            {row.account.name}
          </button>
          {row.returned && <span className="nobishiro-account-note">{text.explain.returned}</span>}
        </th>
        <td className="nobishiro-cell nobishiro-number">{exact.format(row.amount, isSigned)}</td>
        <td className="nobishiro-cell nobishiro-number nobishiro-quiet">{exact.format(row.running)}</td>
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
