import type { Explanation } from '@nobishiro/sdk'
import { formatCount } from '../format/count.ts'
import { exactDigits, formatAmount } from '../format/money.ts'
import type { Language } from '../i18n/messages.ts'
import type { DrawerText } from './drawer-text.ts'

export interface EntryTableProps {
  explanation: Explanation
  caption: string
  text: DrawerText
  locale: string
  language: Language
}

/** Rows that are shown; the API lists the largest first. */
const SHOWN = 8

/** What adds up to the inputs of a number: accounts, or months of spend, with a column for each input and its sum below. */
export function EntryTable({ explanation, caption, text, locale, language }: EntryTableProps) {
  const { entries, inputs, difference } = explanation
  const { explain } = text
  const rows = entries.edges.slice(0, SHOWN).map(({ node }) => node)
  const others = entries.totalCount - rows.length
  const shown = (amount: string, input: number) => {
    if (inputs[input]?.unit !== 'MONEY') return formatCount(amount, locale)
    return formatAmount(amount, exactDigits([amount], difference.currency), locale)
  }
  return (
    <table className="nobishiro-table nobishiro-evidence nobishiro-entries">
      <caption className="nobishiro-hidden">{caption}</caption>
      <thead className="nobishiro-table-head">
        <tr className="nobishiro-row">
          <th scope="col" className="nobishiro-column">
            {explain.columnAccount}
          </th>
          {inputs.map(({ label }) => (
            <th key={label.en} scope="col" className="nobishiro-column nobishiro-number">
              {label[language]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="nobishiro-table-body">
        {rows.map(({ account, name, amounts }) => (
          <tr key={account?.id ?? name} className="nobishiro-row">
            <th scope="row" className="nobishiro-cell nobishiro-account">
              {account ? text.account(account.name) : name}
            </th>
            {inputs.map(({ label }, input) => (
              <td key={label.en} className="nobishiro-cell nobishiro-number">
                {shown(amounts[input] ?? '0', input)}
              </td>
            ))}
          </tr>
        ))}
        {others > 0 && (
          <tr className="nobishiro-row">
            <th scope="row" colSpan={inputs.length + 1} className="nobishiro-cell nobishiro-quiet">
              {explain.others(others, formatCount(others, locale))}
            </th>
          </tr>
        )}
      </tbody>
      <tfoot className="nobishiro-table-foot">
        <tr className="nobishiro-row">
          <th scope="row" className="nobishiro-cell">
            {explain.sum}
          </th>
          {inputs.map(({ label, value }, input) => (
            <td key={label.en} className="nobishiro-cell nobishiro-number nobishiro-lands">
              {shown(value, input)}
            </td>
          ))}
        </tr>
      </tfoot>
    </table>
  )
}
