import { cacBack, cacInputs, gatherCac, payback } from '../cac.ts'
import { defineMetric } from '../metric.ts'

/** How long expansion of accounts that pay take to pay for themselves. */
export const expansionPaybackMonths = defineMetric({
  key: 'expansionPaybackMonths',
  label: { en: 'Payback of expansion, months', ja: '拡大の回収期間（月）' },
  description: {
    en: 'Months until the gross profit on the MRR gained by expansion of accounts that pay has paid what was spent on it.',
    ja: '既存アカウントの拡大にかけた費用を、それで得たMRRの粗利で回収するまでの月数です。',
  },
  formula: {
    en: 'spend allocated to it / (MRR gained by it x gross margin); spend counts the set number of months later',
    ja: '割り当てた費用 ÷（得たMRR × 粗利率）。費用は設定した月数だけ後の成果に対応させます',
  },
  source: 'nobishiro/1',
  unit: 'NUMBER',
  better: 'LOWER',
  topic: 'GROWTH',
  capability: 'costs',
  needs: 'sums',
  back: cacBack,
  inputs: cacInputs('expansion'),
  gather: (gathering, add) => gatherCac('expansion', gathering, add),
  value: payback('expansion'),
  evidence: { by: 'ENTRIES' },
  sentence: {
    en: 'At the gross margin set, what was gained in {to} by expansion of accounts that pay pays what was spent on it within {value} months.',
    ja: '設定された粗利率では、{to}に既存アカウントの拡大で得たMRRにより、その費用を{value}か月で回収できます。',
  },
})
