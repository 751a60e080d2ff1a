import type { Completeness, DateRange, ExpansionStrategy, StrategyMix } from '@nobishiro/sdk'
import { shiftedBy } from '../../format/money.ts'
import { addMonths } from '../../format/month.ts'
import type { MixBucket } from '../../queries/strategy-mix.ts'

/** One colour of the stack: a strategy, or the rest as one. Amounts are minor units, a period each. */
export interface MixLayer {
  key: ExpansionStrategy | 'OTHER'
  /** Those that have any part in the range. */
  strategies: ExpansionStrategy[]
  minor: bigint[]
  total: bigint
  /** Part of the whole in tenths of a per cent; null where the whole is not above nothing. */
  tenths: number | null
}

/** A column: half-open, the first and the last cut to the range. */
export interface MixPeriod {
  start: string
  end: string
  completeness: Completeness
  total: bigint
}

export interface MixModel {
  periods: MixPeriod[]
  /** From the bottom of the stack to its top: the largest first, the rest last. */
  layers: MixLayer[]
  /** All seven, as the API lists them. */
  all: MixLayer[]
  total: bigint
  currency: string
  /** Digits of the minor unit, as the API writes them. */
  digits: number
}

/** Strategies with a colour of their own; the others are one. */
const MOST = 4

const MONTHS: Record<MixBucket, number> = { MONTH: 1, QUARTER: 3, YEAR: 12 }

const size = (value: bigint) => (value < 0n ? -value : value)
const sum = (values: readonly bigint[]) => values.reduce((all, value) => all + value, 0n)

/** Shares in tenths of a per cent that add up to 100.0: what shows is the rounded running sum. Null where the whole is not above zero. */
export function sharesOf(parts: readonly bigint[]): (number | null)[] {
  const whole = sum(parts)
  if (whole <= 0n) return parts.map(() => null)
  let [running, shown] = [0n, 0]
  return parts.map((part) => {
    running += part
    const before = shown
    shown = Math.round((Number(running) / Number(whole)) * 1000)
    return shown - before
  })
}

/** Each period ends where the next begins; the last with the range, or with its own length where that comes first. */
function periodsOf(
  { months }: StrategyMix,
  bucket: MixBucket,
  range: DateRange | undefined,
): Pick<MixPeriod, 'start' | 'end'>[] {
  // Without a range the API answers for 12 months.
  const end = range?.end ?? addMonths(months[0] ?? '', 12)
  return months.map((start, index) => {
    const own = addMonths(start, MONTHS[bucket])
    const [earlier = own] = [own, end].filter((day) => day > start).sort()
    return { start, end: months[index + 1] ?? earlier }
  })
}

function otherOf(rest: readonly MixLayer[], periods: number): MixLayer {
  return {
    key: 'OTHER',
    strategies: rest.flatMap(({ strategies }) => strategies),
    minor: Array.from({ length: periods }, (_, index) => sum(rest.map(({ minor }) => minor[index] ?? 0n))),
    total: sum(rest.map(({ total }) => total)),
    tenths: rest.reduce<number | null>((all, { tenths }) => (all === null || tenths === null ? null : all + tenths), 0),
  }
}

/** The four strategies with the largest total, whichever the bucket is, and the rest as one. All sums are exact. */
export function mixModel(mix: StrategyMix, bucket: MixBucket, range: DateRange | undefined): MixModel {
  const { strategies, months, completeness, total } = mix
  const shares = sharesOf(strategies.map((series) => BigInt(series.total.minor)))
  const all = strategies.map(({ strategy, amounts, total: own }, index): MixLayer => {
    const minor = amounts.map((amount) => BigInt(amount.minor))
    return {
      key: strategy,
      strategies: minor.some((amount) => amount !== 0n) ? [strategy] : [],
      minor,
      total: BigInt(own.minor),
      tenths: shares[index] ?? null,
    }
  })
  const bySize = all
    .filter((layer) => layer.strategies.length > 0)
    .sort((a, b) => Number(size(b.total) - size(a.total)))
  const rest = bySize.slice(MOST)
  return {
    periods: periodsOf(mix, bucket, range).map((period, index) => ({
      ...period,
      completeness: completeness[index] ?? 'COMPLETE',
      total: sum(all.map(({ minor }) => minor[index] ?? 0n)),
    })),
    layers: [...bySize.slice(0, MOST), ...(rest.length > 0 ? [otherOf(rest, months.length)] : [])],
    all,
    total: BigInt(total.minor),
    currency: total.currency,
    digits: total.amount.split('.')[1]?.length ?? 0,
  }
}

/** Minor units as an exact decimal of major units. */
export const exactOf = (minor: bigint, { digits }: MixModel): string => shiftedBy(digits, minor)

/** Minor units as a number of major units, for drawing and for short texts. */
export const majorOf = (minor: bigint, model: MixModel): number => Number(exactOf(minor, model))
