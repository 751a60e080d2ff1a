import { type CacInput, cacBack, cacInputs, costRatio, gatherCac } from '../cac.ts'
import { product } from '../measure.ts'
import type { Input } from '../metric.ts'
import { defineMetric } from '../metric.ts'

const [expansion, fresh] = [cacInputs('expansion'), cacInputs('new')]
const names = {
  spend: { expansion: 'spendOnExpansion', new: 'spendOnNew' },
  gained: { expansion: 'expansion', new: 'new' },
} as const satisfies Record<CacInput, Record<'expansion' | 'new', string>>
const inputs = {
  spendOnNew: fresh.spend,
  expansion: expansion.gained,
  spendOnExpansion: expansion.spend,
  new: fresh.gained,
} satisfies Record<string, Input>

/** How many times cheaper a unit of ARR is by expansion than by new accounts. */
export const expansionEfficiency = defineMetric({
  key: 'expansionEfficiency',
  label: { en: 'Expansion efficiency', ja: '拡大効率' },
  description: {
    en: 'How many times as much a unit of ARR costs from new accounts as from expansion.',
    ja: 'ARR1単位を得る費用が、新規獲得では拡大の何倍かかるかを示します。',
  },
  formula: { en: 'new CAC ratio / expansion CAC ratio', ja: '新規CAC比率 ÷ 拡大CAC比率' },
  source: 'nobishiro/1',
  benchmark: { low: '5', source: { en: 'Harvard Business Review', ja: 'Harvard Business Review' } },
  unit: 'MULTIPLE',
  better: 'NEITHER',
  topic: 'GROWTH',
  capability: 'costs',
  needs: 'sums',
  back: cacBack,
  inputs,
  gather: (gathering, add) => {
    for (const side of ['expansion', 'new'] as const)
      gatherCac(side, gathering, (input, ...part) => add(names[input][side], ...part))
  },
  value: ({ spendOnNew, expansion: grown, spendOnExpansion, new: won }) => {
    const measure = costRatio(
      product({ en: 'Spend on new business x expansion MRR', ja: '新規の費用 × 拡大MRR' }, 'COUNT', [
        spendOnNew,
        grown,
      ]),
      product({ en: 'Spend on expansion x new MRR', ja: '拡大の費用 × 新規MRR' }, 'COUNT', [spendOnExpansion, won]),
    )
    if (spendOnNew === 0 || spendOnExpansion === 0) return { ...measure, undefinedBecause: 'NO_SPEND' }
    return grown === 0 || won === 0 ? { ...measure, undefinedBecause: 'NO_EXPANSION' } : measure
  },
  evidence: { by: 'ENTRIES' },
  sentence: {
    en: 'In {to}, ARR from new accounts cost {value} what it cost by expansion.',
    ja: '{to}の新規獲得のARRの費用は、拡大による場合の{value}です。',
  },
})
