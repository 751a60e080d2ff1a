import { formatCount } from '../../format/count.ts'
import { roomOf, type SeatModel } from './seat-model.ts'
import type { SeatText } from './seat-words.ts'

/** What stands at the right end of the wide picture, above the narrow one. */
export function SeatLegend({ model, text, locale }: { model: SeatModel; text: SeatText; locale: string }) {
  const last = model.months.at(-1)
  if (!last) return null
  const room = roomOf(last)
  const entries = [
    { label: text.seats.purchased, value: last.purchased },
    ...(last.active === null ? [] : [{ label: text.seats.active, value: last.active }]),
    ...(room === null ? [] : [{ label: text.seats.room, value: room }]),
  ]
  return (
    <p className="nobishiro-seat-legend" aria-hidden="true">
      {entries.map(({ label, value }) => (
        <span key={label} className="nobishiro-seat-legend-entry">
          {`${label} `}
          <b className="nobishiro-strong">{formatCount(value, locale)}</b>
        </span>
      ))}
    </p>
  )
}
