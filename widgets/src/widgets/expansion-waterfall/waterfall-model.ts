import type { AccountShare, ExpansionStrategy, Waterfall, WaterfallStep, WaterfallStepKey } from '@nobishiro/sdk'
import { type MoneyUnit, moneyUnit } from '../../format/money.ts'
import type { Messages } from '../../i18n/en.ts'

export type Tone = 'ink' | 'accent' | 'soft' | 'loss' | 'neutral'

/** One column or row. A level stands on the ground; a change floats from one level to the next. */
export interface Bar {
  key: string
  step: WaterfallStepKey
  /** The strategies in this part of the expansion; empty for every other bar. */
  strategies: ExpansionStrategy[]
  label: string
  kind: 'level' | 'change'
  tone: Tone
  /** Signed, in major units. */
  amount: number
  from: number
  to: number
  accounts: number
  top: readonly AccountShare[]
}

const TONE: Record<WaterfallStepKey, Tone> = {
  OPENING: 'ink',
  NEW: 'soft',
  EXPANSION: 'accent',
  EXPANDED: 'accent',
  REACTIVATION: 'soft',
  CONTRACTION: 'loss',
  CONTRACTED: 'loss',
  CHURN: 'loss',
  LOST: 'loss',
  FX: 'neutral',
  TRANSFER: 'neutral',
  CLOSING: 'ink',
}

type Part = Pick<Bar, 'key' | 'step' | 'strategies' | 'label' | 'tone' | 'amount' | 'accounts' | 'top'>

const strategyPart = (step: WaterfallStep, strategies: ExpansionStrategy[], label: string, amount: number): Part => ({
  key: strategies.length === 1 ? `EXPANSION-${strategies[0]}` : 'EXPANSION-OTHER',
  step: 'EXPANSION',
  strategies,
  label,
  tone: amount < 0 ? 'loss' : 'accent',
  amount,
  accounts: step.accounts,
  top: step.topAccounts,
})

/** The expansion by strategy, largest first; beyond `most` strategies the smaller ones are one part. */
function strategyParts(step: WaterfallStep, text: Messages, most: number): Part[] {
  const all = step.strategies
    .map(({ strategy, amount }) => ({ strategy, amount: Number(amount.amount) }))
    .filter(({ amount }) => amount !== 0)
    .sort((a, b) => b.amount - a.amount)
  const bySize = [...all].sort((a, b) => Math.abs(b.amount) - Math.abs(a.amount))
  const kept = new Set(bySize.slice(0, all.length <= most ? most : most - 1).map(({ strategy }) => strategy))
  const rest = all.filter(({ strategy }) => !kept.has(strategy))
  const parts = all
    .filter(({ strategy }) => kept.has(strategy))
    .map(({ strategy, amount }) => strategyPart(step, [strategy], text.strategies[strategy], amount))
  if (rest.length === 0) return parts
  const amount = rest.reduce((sum, part) => sum + part.amount, 0)
  const names = rest.map(({ strategy }) => strategy)
  return [...parts, strategyPart(step, names, text.waterfall.other, amount)]
}

function partsOf(step: WaterfallStep, text: Messages, mostStrategies: number): Part[] {
  const amount = Number(step.amount.amount)
  const isLevel = step.key === 'OPENING' || step.key === 'CLOSING'
  if (amount === 0 && !isLevel) return []
  if (step.key === 'EXPANSION' && mostStrategies > 1 && step.strategies.length > 0) {
    return strategyParts(step, text, mostStrategies)
  }
  const { key, accounts, topAccounts } = step
  const label = text.steps[key]
  const tone = TONE[key] !== 'neutral' && !isLevel && amount < 0 && TONE[key] !== 'loss' ? 'loss' : TONE[key]
  return [{ key, step: key, strategies: [], label, tone, amount, accounts, top: topAccounts }]
}

/** The bars from opening to closing. Steps that are zero take no place; strategies beyond `mostStrategies` are one. */
export function waterfallBars(waterfall: Waterfall, text: Messages, mostStrategies = 7): Bar[] {
  let level = 0
  return waterfall.steps
    .flatMap((step) => partsOf(step, text, mostStrategies))
    .map((part) => {
      const isLevel = part.step === 'OPENING' || part.step === 'CLOSING'
      const from = isLevel ? 0 : level
      level = isLevel ? part.amount : level + part.amount
      return { ...part, kind: isLevel ? 'level' : 'change', from, to: level }
    })
}

/** The unit that suits the levels, and in which no change reads 0.0. */
export function waterfallUnit({ steps, opening }: Waterfall, locale: string): MoneyUnit {
  const isLevel = ({ key }: WaterfallStep) => key === 'OPENING' || key === 'CLOSING'
  const levels = steps.filter(isLevel).map(({ amount }) => Number(amount.amount))
  const changes = steps.filter((step) => !isLevel(step)).map(({ amount }) => Number(amount.amount))
  return moneyUnit(levels, opening.currency, locale, changes)
}

/** Span of the levels that the changes reach. */
export function levelSpan(bars: readonly Bar[]): [number, number] {
  const levels = bars.flatMap(({ kind, from, to }) => (kind === 'level' ? [to] : [from, to]))
  return [Math.min(...levels), Math.max(...levels)]
}

/** The levels are so high above the changes that drawing from zero would leave slivers. */
export function needsBreak(bars: readonly Bar[]): boolean {
  const [low, high] = levelSpan(bars)
  return low > 0 && low > (high - low) * 0.6
}
