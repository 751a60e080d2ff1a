import { readiness } from '../../facts/capacity.ts'
import { count, ratio } from '../measure.ts'
import { defineMetric } from '../metric.ts'

const labels = {
  ready: { en: 'Accounts near a limit', ja: '上限に近いアカウント数' },
  limited: { en: 'Accounts with a limit', ja: '上限のあるアカウント数' },
}

/** How many of the accounts with a limit are near it, and so ready for more. */
export const capacityReady = defineMetric({
  key: 'capacityReady',
  label: { en: 'Near their limit', ja: '上限に近い割合' },
  description: {
    en: 'How many of the accounts with a known limit used at least 80 % of one in two of the last three months: ready for more.',
    ja: '利用上限が分かっているアカウントのうち、直近3か月中2か月以上で上限の80%以上を使っている、拡大の余地があるアカウントの割合です。',
  },
  formula: {
    en: 'accounts with use / limit >= 0.80 in 2 of the last 3 months / accounts with a limit whose use is known',
    ja: '直近3か月のうち2か月で利用量÷上限が0.80以上のアカウント数 ÷ 上限と利用量が分かっているアカウント数',
  },
  source: 'nobishiro/1',
  unit: 'RATIO',
  better: 'NEITHER',
  topic: 'SEATS',
  capability: 'seats',
  needs: 'sums',
  back: () => 2,
  inputs: { ready: { label: labels.ready, unit: 'COUNT' }, limited: { label: labels.limited, unit: 'COUNT' } },
  gather: ({ slice, periods }, add) => {
    const lasts = periods.map(({ end }) => end - 1)
    readiness(slice, lasts).forEach((found, period) => {
      for (const [account, byName] of found) {
        add('ready', period, [...byName.values()].includes(true) ? 1 : 0, account)
        add('limited', period, 1, account)
      }
    })
  },
  value: ({ ready, limited }) => ratio(count(labels.ready, ready), count(labels.limited, limited), 'NO_LIMIT'),
  evidence: { by: 'ENTRIES' },
  sentence: {
    en: 'Of {denominator} accounts with a limit, {numerator} were near it at the end of {to}: {value}.',
    ja: '上限のある{denominator}アカウントのうち、{to}末に上限に近いのは{numerator}アカウントです（{value}）。',
  },
})
