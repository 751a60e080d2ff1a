import { add, parseDecimal, toDecimal } from '../../shared/rational.ts'
import { isCredit, isTrial, type ServiceLine } from './service-line.ts'

/** One item held at one price and quantity. `until` is where what was invoiced ends, or where a change took it back. */
export type Segment<L extends ServiceLine = ServiceLine> = {
  item: string
  from: string
  until: string
  line: L
  isTrial: boolean
}

/** Periods follow one another to the second; what lies closer than this is no interruption. */
export const JOIN = 86_400_000

/** What an item held over time, from its lines in the order of their periods, whatever invoice they came with. */
export function segmentsOf<L extends ServiceLine>(item: string, lines: readonly L[]): Segment<L>[] {
  const segments: Segment<L>[] = []
  for (const group of byStart(mergeTiers(lines))) {
    const from = group[0]?.start ?? ''
    const open = segments.at(-1)
    const held = open !== undefined && open.until > from ? open : undefined
    const left = whatIsLeft(held?.line, group)
    if (held !== undefined && left === held.line) continue
    if (held !== undefined) held.until = from
    if (left) segments.push({ item, from, until: left.end, line: left, isTrial: isTrial(left) })
  }
  return segments.flatMap((segment, index) => joined(segment, segments[index + 1]))
}

/**
 * Of what was held and what came, less what was taken back: the last. A change is a credit of the old and a line of the new; one
 * made twice at once, or undone at once, cancels out; a credit alone is an item removed.
 */
function whatIsLeft<L extends ServiceLine>(held: L | undefined, group: readonly L[]): L | undefined {
  const rest = [...(held ? [held] : []), ...group.filter((line) => !isTakenBack(line, held))]
  for (const credit of group.filter((line) => isTakenBack(line, held))) {
    const exact = rest.findIndex((line) => isSame(line, credit))
    const index = exact >= 0 ? exact : rest.findIndex((line) => line.priced.price === credit.priced.price)
    if (index >= 0) rest.splice(index, 1)
  }
  return rest.at(-1)
}

/** A credit; also one of nothing, of what cost nothing. */
const isTakenBack = (line: ServiceLine, held: ServiceLine | undefined): boolean =>
  isCredit(line) || (line.proration && line.amount === '0' && held !== undefined && isSame(line, held))

const isSame = (a: ServiceLine, b: ServiceLine): boolean =>
  a.priced.price === b.priced.price && a.quantity === b.quantity

/** A tiered price is invoiced tier by tier: together they are one line with all units. */
function mergeTiers<L extends ServiceLine>(lines: readonly L[]): L[] {
  const merged = new Map<string, L>()
  for (const line of lines) {
    const { tiers, usage } = line.priced.pricing
    const isTiered = tiers !== undefined && usage !== 'METERED'
    const side = isCredit(line) ? '-' : '+'
    const key = isTiered
      ? [line.invoice, line.priced.price, line.start, line.end, line.proration, side].join('\n')
      : `${line.invoice}\n${line.line}`
    const own = isTiered && line.flatFee ? { ...line, quantity: 0 } : line
    const known = merged.get(key)
    merged.set(key, known ? together(known, own) : own)
  }
  return [...merged.values()]
}

const together = <L extends ServiceLine>(a: L, b: L): L => ({
  ...a,
  quantity: a.quantity + b.quantity,
  amount: sum(a.amount, b.amount),
  discounts: [...new Set([...a.discounts, ...b.discounts].map(({ id }) => id))].map((id) => ({
    id,
    amount: [...a.discounts, ...b.discounts]
      .filter((each) => each.id === id)
      .reduce((total, each) => sum(total, each.amount), '0'),
  })),
})

const sum = (a: string, b: string): string => toDecimal(add(parseDecimal(a), parseDecimal(b)))

/** Lines of one instant together, in order; each as it came among those of one instant. */
function byStart<L extends ServiceLine>(lines: readonly L[]): L[][] {
  const groups = new Map<string, L[]>()
  for (const line of lines) {
    const group = groups.get(line.start)
    if (group) group.push(line)
    else groups.set(line.start, [line])
  }
  return [...groups.keys()].sort().map((start) => groups.get(start) ?? [])
}

/** Without what weighs nothing, and up to the next one where that follows at once. */
function joined<L extends ServiceLine>(segment: Segment<L>, next: Segment<L> | undefined): Segment<L>[] {
  if (segment.until <= segment.from) return []
  if (next === undefined || next.from <= segment.until) return [segment]
  const isClose = Date.parse(next.from) - Date.parse(segment.until) <= JOIN
  return [isClose ? { ...segment, until: next.from } : segment]
}
