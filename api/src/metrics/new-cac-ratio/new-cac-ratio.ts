import { cacBack, cacInputs, cacLabels, costRatio, gatherCac } from '../cac.ts'
import { money } from '../measure.ts'
import { defineMetric } from '../metric.ts'

/** What a unit of ARR gained by new accounts cost. */
export const newCacRatio = defineMetric({
  key: 'newCacRatio',
  label: { en: 'New CAC ratio', ja: '新規CAC比率' },
  description: {
    en: 'What was spent for each unit of ARR gained by new accounts.',
    ja: '新規アカウントの獲得で得たARR1単位あたりに使った費用です。',
  },
  formula: {
    en: 'spend allocated to it / (MRR gained by it x 12); spend counts the set number of months later',
    ja: '割り当てた費用 ÷（得たMRR×12）。費用は設定した月数だけ後の成果に対応させます',
  },
  source: 'nobishiro/1',
  unit: 'MULTIPLE',
  better: 'LOWER',
  topic: 'GROWTH',
  capability: 'costs',
  needs: 'sums',
  back: cacBack,
  inputs: cacInputs('new'),
  gather: (gathering, add) => gatherCac('new', gathering, add),
  value: ({ spend, gained }) => costRatio(money(cacLabels.new.spend, spend), money(cacLabels.new.arr, gained, 12n)),
  evidence: { by: 'ENTRIES' },
  sentence: {
    en: 'An ARR of {denominator} gained in {to} by new accounts cost {numerator}: {value}.',
    ja: '{to}に新規アカウントの獲得で得たARR {denominator} には、{numerator} の費用がかかりました（{value}）。',
  },
})
