import type { LedgerLine, Movement } from '@nobishiro/sdk'
import { useFormat } from '../../format.ts'
import { useText } from '../../preferences.ts'

/** One month's change, its parts by strategy, and on demand the ledger lines that add up to it. */
export function MovementRow({ movement }: { movement: Movement }) {
  const text = useText()
  const format = useFormat()
  const { customer, kinds, strategies } = text
  return (
    <tr>
      <th scope="row">{format.month(movement.month)}</th>
      <td className="movement-what">
        <span className={`badge badge-${movement.kind.toLowerCase()}`}>{kinds[movement.kind]}</span>
        {movement.strategyParts.map(({ strategy, amount }) => (
          <span key={strategy} className="part">
            {strategies[strategy]} {format.signedMoney(amount)}
          </span>
        ))}
        {movement.rates.map(({ currency, opening, closing }) => (
          <span key={currency} className="part">
            {currency} {rateText(opening)} → {rateText(closing)}
          </span>
        ))}
        {movement.lines.length > 0 && (
          <details>
            <summary>{customer.lines(movement.lines.length)}</summary>
            <ul className="lines">
              {movement.lines.map((line) => (
                <Line key={line.id} line={line} />
              ))}
            </ul>
          </details>
        )}
      </td>
      <td
        className={movement.seatsChange === 0 ? 'number wide' : 'number seats labelled'}
        data-label={customer.seatsChange}
      >
        {movement.seatsChange === 0 ? '—' : format.signedCount(movement.seatsChange)}
      </td>
      <td className="number amount">{format.signedMoney(movement.change)}</td>
      <td className="number closing">{format.money(movement.closing)}</td>
    </tr>
  )
}

/** How much of the reporting currency one of the other was, or the other way round where it was told so. */
const rateText = ({ rate, per }: { rate: string; per: string }) => (per === '1' ? rate : `${rate} / ${per}`)

function Line({ line }: { line: LedgerLine }) {
  const { strategies } = useText()
  const format = useFormat()
  return (
    <li className="line">
      <span>{format.day(line.effectiveOn)}</span>
      <span>
        {[line.plan.name, line.strategy && strategies[line.strategy], line.region].filter(Boolean).join(' · ')}
        <code>{line.sourceEvent}</code>
      </span>
      <span className="number">{format.signedMoney(line.amount)}</span>
    </li>
  )
}
