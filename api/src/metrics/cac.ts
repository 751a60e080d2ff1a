import { visitGains } from '../facts/gains.ts'
import { firstDayOf } from '../facts/month.ts'
import { visitSpend } from '../facts/spend.ts'
import { labels } from './labels.ts'
import { product, ratio } from './measure.ts'
import type { Gathering, Input, Measure, SumsMetric, Term } from './metric.ts'

/** What costs are set against: growth of those that pay, or accounts won. */
export type CacSide = 'expansion' | 'new'
export type CacInput = 'spend' | 'gained'

export const cacLabels = {
  expansion: {
    spend: { en: 'Spend on expansion', ja: '拡大のための費用' },
    gained: labels.expansion,
    arr: { en: 'ARR gained by expansion', ja: '拡大で得たARR' },
  },
  new: {
    spend: { en: 'Spend on new business', ja: '新規獲得のための費用' },
    gained: labels.new,
    arr: { en: 'ARR of new accounts', ja: '新規アカウントのARR' },
  },
} as const

/** Spend of some months before counts for the gains of these. */
export const cacBack: NonNullable<SumsMetric['back']> = ({ lag }) => lag

export const cacInputs = (side: CacSide): Record<CacInput, Input> => ({
  spend: { label: cacLabels[side].spend, unit: 'MONEY' },
  gained: { label: cacLabels[side].gained, unit: 'MONEY' },
})

/** Spend by month and category, and what accounts gained. Spend is of no account, so it is only known of everyone. */
export function gatherCac(
  side: CacSide,
  { slice, isEveryone, periods }: Gathering,
  add: (input: CacInput, period: number, amount: number, account: number, name?: string) => void,
): void {
  if (isEveryone)
    visitSpend(slice, periods, ({ month, category, expansion, fresh }, period) => {
      add('spend', period, side === 'expansion' ? expansion : fresh, -1, `${firstDayOf(month).slice(0, 7)} ${category}`)
    })
  visitGains(slice, periods, side === 'expansion' ? 'EXPANSION' : 'NEW', (account, period, gained) =>
    add('gained', period, gained, account),
  )
}

/** A fraction with spend above: without spend it is not known, and without gain there is nothing to divide by. */
export function costRatio(numerator: Term, denominator: Term): Measure {
  const measure = ratio(numerator, denominator, 'NO_EXPANSION')
  return numerator.amount === 0n && !numerator.isMissing ? { ...measure, undefinedBecause: 'NO_SPEND' } : measure
}

/** Months until the gross profit on what was gained has paid the spend. */
export const payback =
  (side: CacSide): SumsMetric<string, CacInput>['value'] =>
  ({ spend, gained }, { grossMargin }) => {
    const { numerator, denominator } = grossMargin ?? { numerator: 0n, denominator: 1n }
    const profit = { en: `${cacLabels[side].gained.en} x gross margin`, ja: `${cacLabels[side].gained.ja} × 粗利率` }
    const measure = costRatio(
      product(cacLabels[side].spend, 'MONEY', [spend, denominator]),
      product(profit, 'MONEY', [gained, numerator]),
    )
    return grossMargin === null && measure.undefinedBecause !== 'NO_SPEND'
      ? { ...measure, undefinedBecause: 'NO_GROSS_MARGIN' }
      : measure
  }
