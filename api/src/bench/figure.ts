/** Beside an amount stands another of the same unit. */
export type Amount = { value: number; unit: Unit }
export type Unit = 'ms' | 's' | 'ns/change point' | 'MB' | 'bytes' | 'requests' | `${string}/s`

/** What is to hold: of our amount, or of what it is beside the baseline's. */
export type Target = { of: 'OURS' | 'RATIO'; bound: 'AT_MOST' | 'AT_LEAST'; value: number }

/** One row of the table of targets. */
export type Figure = {
  /** With its scale, where that is not the bench's own. */
  what: string
  ours: Amount
  /** Measured in the same run; absent where there is nothing to compare with. */
  baseline?: Amount & { name: string }
  target: Target
  /** What keeps it from its target: said where that is missed. */
  limit: string
}

export const atMost = (value: number): Target => ({ of: 'OURS', bound: 'AT_MOST', value })
export const atLeast = (value: number): Target => ({ of: 'OURS', bound: 'AT_LEAST', value })
export const atMostTimes = (value: number): Target => ({ of: 'RATIO', bound: 'AT_MOST', value })
export const atLeastTimes = (value: number): Target => ({ of: 'RATIO', bound: 'AT_LEAST', value })

/** Ours by the baseline's; undefined without one. */
export function ratioOf({ what, ours, baseline }: Figure): number | undefined {
  if (baseline === undefined) return undefined
  if (baseline.unit === ours.unit) return ours.value / baseline.value
  throw new Error(`${what}: ${ours.unit} cannot be compared with ${baseline.unit}.`)
}

export function isMet(figure: Figure): boolean {
  const { target, ours, what } = figure
  const measured = target.of === 'OURS' ? ours.value : ratioOf(figure)
  if (measured === undefined || !Number.isFinite(measured)) throw new Error(`${what}: there is nothing to judge.`)
  return target.bound === 'AT_MOST' ? measured <= target.value : measured >= target.value
}

export const spellAmount = ({ value, unit }: Amount): string => `${spellNumber(value)} ${unit}`

export function spellTarget({ target, ours }: Figure): string {
  const bound = target.bound === 'AT_MOST' ? 'at most' : 'at least'
  return `${bound} ${target.of === 'OURS' ? spellAmount({ ...ours, value: target.value }) : `${target.value} x`}`
}

export const spellRatio = (ratio: number): string => `${spellNumber(ratio)} x`

/** Three digits that count, and all before the point. */
function spellNumber(value: number): string {
  const digits = value === 0 ? 0 : Math.min(3, Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value)))))
  return value.toLocaleString('en', { maximumFractionDigits: digits })
}
