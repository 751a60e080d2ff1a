import { inUse } from '../../facts/in-use.ts'
import { visitMrr } from '../../facts/visit-mrr.ts'
import { count, ratio } from '../measure.ts'
import { defineMetric } from '../metric.ts'

const labels = {
  features: { en: 'Features in use', ja: '利用中の機能数' },
  accounts: { en: 'Paying accounts that told of theirs', ja: '利用状況が分かっている有料アカウント数' },
}

/** How many features a paying account uses. */
export const breadth = defineMetric({
  key: 'breadth',
  label: { en: 'Breadth of use', ja: '利用機能の広がり' },
  description: {
    en: 'Distinct features or use cases that a paying account uses, on average over the accounts that tell of theirs.',
    ja: '有料アカウント1件あたりに利用されている機能・用途の数です。利用状況が分かっているアカウントだけを対象にします。',
  },
  formula: {
    en: 'distinct features in use at the close, per account, added up / paying accounts of which features are known',
    ja: '期末に利用中の機能数（アカウントごとの重複なし）の合計 ÷ 機能の利用状況が分かっている有料アカウント数',
  },
  source: 'nobishiro/1',
  unit: 'NUMBER',
  better: 'HIGHER',
  topic: 'SEATS',
  needs: 'sums',
  inputs: { features: { label: labels.features, unit: 'COUNT' }, accounts: { label: labels.accounts, unit: 'COUNT' } },
  gather: ({ slice, periods }, add) => {
    const closes = periods.map(({ end }) => end - 1)
    visitMrr(slice, closes, (account, period) => {
      const used = inUse(slice, account, 'FEATURE', closes[period]!)
      if (used === null) return
      add('features', period, used.size, account)
      add('accounts', period, 1, account)
    })
  },
  value: ({ features, accounts }) =>
    ratio(count(labels.features, features), count(labels.accounts, accounts), 'NO_USAGE'),
  evidence: { by: 'ENTRIES' },
  sentence: {
    en: '{denominator} paying accounts used {numerator} features at the end of {to}: {value} each.',
    ja: '{to}末に有料の{denominator}アカウントが、合わせて{numerator}の機能を利用しています（平均{value}）。',
  },
})
