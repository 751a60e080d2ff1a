import { linear } from '../../chart/scale.ts'
import { textWidth, wrapLabel } from '../../chart/text-width.ts'
import { type Bar, levelSpan } from './waterfall-model.ts'

export interface Column {
  bar: Bar
  /** Left edge, width, top and height of the bar. */
  x: number
  width: number
  y: number
  height: number
  /** Middle of the column. */
  middle: number
  /** Baseline of the amount. */
  amountY: number
  /** Where the line to the next column runs; null after the last. */
  connector: { from: number; to: number; y: number } | null
  label: Label
}

export interface Label {
  lines: string[]
  /** 1 where it stands a row lower than its neighbours. */
  row: number
}

export interface WaterfallLayout {
  columns: Column[]
  slot: number
  /** Where the axis labels begin. */
  axisY: number
  /** Height at which opening and closing are broken; null when they stand on zero. */
  breakY: number | null
  /** The bracket under the strategies; null with fewer than two. */
  bracket: { from: number; to: number; y: number } | null
}

/** Height of a line of axis labels. */
export const LINE = 15
const STUB = 46
const TOP = 24
const LABEL_GAP = 6
/** Columns narrower than this do not take staggered labels. */
const NARROWEST = 44

/** Labels that stand side by side in `slot` without touching; `step` 2 where every other one is a row lower. */
function labelsFit(labels: readonly Label[], slot: number, step: 1 | 2): boolean {
  const widths = labels.map(({ lines }) => Math.max(...lines.map((line) => textWidth(line))))
  return widths.every((width, index) => {
    const next = widths[index + step]
    const isInside = width / 2 <= slot * (Math.min(index, widths.length - 1 - index) + 0.5) + 2
    return isInside && (next === undefined || (width + next) / 2 + LABEL_GAP <= slot * step)
  })
}

/** Names of the columns on the axis: in one row, in two lines each, or every other one a row lower. Null when none fits. */
function placeLabels(bars: readonly Bar[], slot: number): Label[] | null {
  const wrapped = bars.map(({ label }) => ({ lines: wrapLabel(label, slot - LABEL_GAP), row: 0 }))
  if (labelsFit(wrapped, slot, 1)) return wrapped
  if (slot < NARROWEST) return null
  const staggered = bars.map(({ label }, index) => ({ lines: [label], row: index % 2 }))
  return labelsFit(staggered, slot, 2) ? staggered : null
}

/** Amounts side by side do not touch, or stand at different heights. */
function amountsFit(columns: readonly Column[], amount: (bar: Bar) => string, slot: number): boolean {
  const widths = columns.map(({ bar }) => textWidth(amount(bar), bar.kind === 'level' ? 14 : 12))
  return columns.every((column, index) => {
    const next = columns[index + 1]
    if (!next || Math.abs(next.amountY - column.amountY) > 15) return true
    return ((widths[index] ?? 0) + (widths[index + 1] ?? 0)) / 2 + 3 <= slot
  })
}

/** Places the columns, or says that they do not fit at this width. */
export function layoutColumns(
  bars: readonly Bar[],
  {
    width,
    height,
    isBroken,
    amount,
  }: { width: number; height: number; isBroken: boolean; amount: (bar: Bar) => string },
): WaterfallLayout | null {
  const slot = width / Math.max(1, bars.length)
  const barWidth = Math.min(48, Math.max(14, slot * 0.64))
  const labels = placeLabels(bars, slot)
  if (!labels) return null
  const hasStrategies = bars.filter(({ strategies }) => strategies.length > 0)
  const labelHeight = Math.max(...labels.map(({ lines, row }) => lines.length - 1 + row)) * LINE + 22
  const axisY = height - labelHeight - (hasStrategies.length > 0 ? 30 : 4)
  const [low, high] = levelSpan(bars)
  const floor = isBroken ? axisY - STUB : axisY
  const bottom = isBroken ? low : Math.min(0, low)
  const y = linear([bottom, high > bottom ? high : bottom + 1], [floor, TOP])

  const columns = bars.map((bar, index): Column => {
    const middle = slot * (index + 0.5)
    const top = y(Math.max(bar.from, bar.to))
    const base = bar.kind === 'level' && isBroken ? axisY : y(Math.min(bar.from, bar.to))
    const barHeight = Math.max(bar.amount === 0 ? 1 : 2, base - top)
    // A fall to the ground has its amount above, where the axis labels are not.
    const isAbove = bar.kind === 'level' || bar.amount >= 0 || top + barHeight + 17 > axisY
    return {
      bar,
      x: middle - barWidth / 2,
      width: barWidth,
      y: top,
      height: barHeight,
      middle,
      amountY: isAbove ? top - 7 : top + barHeight + 15,
      connector:
        index === bars.length - 1
          ? null
          : { from: middle + barWidth / 2, to: middle + slot - barWidth / 2, y: y(bar.to) },
      label: labels[index] ?? { lines: [bar.label], row: 0 },
    }
  })

  const strategies = columns.filter(({ bar }) => bar.strategies.length > 0)
  // With one strategy left there is nothing more to merge: the amounts may touch.
  if (strategies.length > 1 && !amountsFit(columns, amount, slot)) return null
  const first = strategies[0]
  const last = strategies.at(-1)
  return {
    columns,
    slot,
    axisY,
    breakY: isBroken ? axisY - STUB / 2 : null,
    bracket: first && last ? { from: first.x, to: last.x + barWidth, y: axisY + labelHeight + 2 } : null,
  }
}
