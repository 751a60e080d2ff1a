import { table } from '../cli/print.ts'
import { type Figure, isMet, ratioOf, spellAmount, spellRatio, spellTarget } from './figure.ts'

/** Figures for the terminal: ours, what stands beside it, the target and whether it is met. */
export function figuresTable(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => {
    const { what, ours, baseline } = figure
    const ratio = ratioOf(figure)
    return [
      what,
      spellAmount(ours),
      baseline ? `${spellAmount(baseline)}: ${baseline.name}` : '',
      ratio === undefined ? '' : spellRatio(ratio),
      spellTarget(figure),
      isMet(figure) ? 'met' : 'missed',
    ]
  })
  return table(['what', 'ours', 'beside', 'ratio', 'target', ''], rows)
}
