import { linear } from '../../chart/scale.ts'
import { niceStep } from '../../chart/ticks.ts'
import { type MixModel, majorOf } from './mix-model.ts'

/** A part of a column, or, with layer null, the whole of it. */
export interface Cell {
  column: number
  layer: number | null
}

/** Where a part of a column stands; the whole of it stands nowhere, but can be reached. */
export interface Block extends Cell {
  box: { y: number; height: number } | null
}

export interface MixLayout {
  ticks: { value: number; y: number }[]
  zero: number
  /** All that can be reached, column by column from the bottom to the top; the whole column last. */
  cells: Block[]
  /** Of each column: the top of what is drawn, and the level of its total. */
  tops: number[]
  totals: number[]
  /** Some part is negative: a column's top is not its total. */
  isSigned: boolean
}

/** Between two parts of a column shows the paper. */
const GAP = 1

/** Round ticks around what is drawn, zero among them. */
export function ticksAround(low: number, high: number, count: number): number[] {
  const step = niceStep(high - low, count)
  const [first, last] = [Math.floor(low / step + 1e-9), Math.ceil(high / step - 1e-9)]
  return Array.from({ length: Math.max(1, last - first) + 1 }, (_, index) => (first + index) * step)
}

/** Stacks the parts: what grew up from zero, what fell down from it. */
export function layoutMix(model: MixModel, [bottom, top]: readonly [number, number]): MixLayout {
  const stacks = model.periods.map((_, column) => {
    let [up, down] = [0, 0]
    const parts = model.layers.flatMap(({ minor }, layer) => {
      const amount = majorOf(minor[column] ?? 0n, model)
      if (amount === 0) return []
      const from = amount > 0 ? up : down
      if (amount > 0) up += amount
      else down += amount
      return [{ layer, from, to: from + amount }]
    })
    return { parts, up, down }
  })
  const low = Math.min(0, ...stacks.map(({ down }) => down))
  const high = Math.max(0, ...stacks.map(({ up }) => up))
  const ticks = ticksAround(low, high, 4)
  const y = linear([ticks[0] ?? 0, ticks.at(-1) ?? 1], [bottom, top])
  const cells = stacks.flatMap(({ parts }, column): Block[] => {
    const placed = parts.map(({ layer, from, to }) => {
      const [upper, lower] = [y(Math.max(from, to)), y(Math.min(from, to))]
      const height = lower - upper
      return { column, layer, box: { y: upper, height: height > 2 * GAP ? height - GAP : height } }
    })
    return [...placed.sort((a, b) => b.box.y - a.box.y), { column, layer: null, box: null }]
  })
  return {
    ticks: ticks.map((value) => ({ value, y: y(value) })),
    zero: y(0),
    cells,
    tops: stacks.map(({ up }) => y(up)),
    totals: model.periods.map(({ total }) => y(majorOf(total, model))),
    isSigned: low < 0,
  }
}

/** Where a key leads from a part: up and down in its column, sideways to the same strategy or else to the whole column. */
export function nextCell(cells: readonly Cell[], key: string, index: number): number | null {
  const from = cells[index]
  if (!from) return null
  const inColumn = (column: number) => {
    const same = cells.findIndex((cell) => cell.column === column && cell.layer === from.layer)
    return same >= 0 ? same : cells.findIndex((cell) => cell.column === column && cell.layer === null)
  }
  const last = cells.at(-1)?.column ?? 0
  const columns: Record<string, number> = {
    ArrowRight: Math.min(last, from.column + 1),
    ArrowLeft: Math.max(0, from.column - 1),
    Home: 0,
    End: last,
  }
  const column = columns[key]
  if (column !== undefined) return inColumn(column)
  if (key !== 'ArrowUp' && key !== 'ArrowDown') return null
  const next = index + (key === 'ArrowUp' ? 1 : -1)
  return cells[next]?.column === from.column ? next : index
}
