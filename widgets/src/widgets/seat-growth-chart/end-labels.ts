import { spread } from '../../chart/spread.ts'
import { textWidth } from '../../chart/text-width.ts'
import type { SeatModel } from './seat-model.ts'

export interface EndLabel {
  key: string
  name: string
  value: number
  /** Height the label speaks of, and where it stands. */
  at: number
  y: number
  isStrong: boolean
}

/** Labels at the right end: purchased, active and the plans, moved apart where they would touch. */
export function endLabels(
  { bands, months }: SeatModel,
  names: { purchased: string; active: string },
  y: (seats: number) => number,
  [top, bottom]: readonly [number, number],
): EndLabel[] {
  const last = months.at(-1)
  if (!last) return []
  const wishes: Omit<EndLabel, 'y'>[] = [
    { key: 'purchased', name: names.purchased, value: last.purchased, at: y(last.purchased), isStrong: true },
  ]
  if (last.active !== null) {
    wishes.push({ key: 'active', name: names.active, value: last.active, at: y(last.active), isStrong: true })
  }
  // A single plan is the purchased line itself.
  for (const band of bands.length > 1 ? bands : []) {
    const middle = (y(band.base.at(-1) ?? 0) + y(band.top.at(-1) ?? 0)) / 2
    wishes.push({ key: band.key, name: band.name, value: band.last, at: middle, isStrong: false })
  }
  const gap = Math.min(17, (bottom - top) / Math.max(1, wishes.length - 1))
  const placed = spread(
    wishes.map(({ at }) => at),
    gap,
    [top, bottom],
  )
  return wishes.map((wish, index) => ({ ...wish, y: placed[index] ?? wish.at }))
}

/** Width that the end labels need. */
export function endLabelsWidth(labels: readonly string[]): number {
  return Math.max(...labels.map((label) => textWidth(label)), 0) + 14
}
