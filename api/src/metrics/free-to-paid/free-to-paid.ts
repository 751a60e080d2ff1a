import { visitFree } from '../../facts/free.ts'
import { count, ratio } from '../measure.ts'
import { defineMetric } from '../metric.ts'

const labels = {
  converted: { en: 'of them pay at the end', ja: 'うち期末に有料のアカウント数' },
  free: { en: 'Accounts free or on trial at the start', ja: '期首に無料・トライアルのアカウント数' },
}

/** How many of the accounts that were free or on trial pay now. */
export const freeToPaid = defineMetric({
  key: 'freeToPaid',
  label: { en: 'Free to paid', ja: '無料から有料への転換率' },
  description: {
    en: 'How many of the accounts that had signed up or were on trial at the start, and had never paid, pay at the end.',
    ja: '期首に登録済みまたはトライアル中で一度も支払っていないアカウントのうち、期末に支払いのあるアカウントの割合です。',
  },
  formula: {
    en: 'accounts free or on trial at the start that pay at the end / all such accounts',
    ja: '期首に無料・トライアルで期末に有料のアカウント数 ÷ 期首に無料・トライアルのアカウント数',
  },
  source: 'nobishiro/1',
  unit: 'RATIO',
  better: 'HIGHER',
  topic: 'GROWTH',
  needs: 'sums',
  windows: [12, 3, 1],
  inputs: { converted: { label: labels.converted, unit: 'COUNT' }, free: { label: labels.free, unit: 'COUNT' } },
  gather: ({ slice, periods, window }, add) => {
    const spans = periods.map(({ end }) => ({ opening: end - 1 - window, closing: end - 1 }))
    visitFree(slice, spans, (account, period, pays) => {
      add('converted', period, pays ? 1 : 0, account)
      add('free', period, 1, account)
    })
  },
  value: ({ converted, free }) =>
    ratio(count(labels.converted, converted), count(labels.free, free), 'TOO_FEW_ACCOUNTS'),
  evidence: { by: 'ENTRIES' },
  sentence: {
    en: 'Of {denominator} accounts that were free or on trial at the end of {from}, {numerator} paid at the end of {to}: {value}.',
    ja: '{from}末に無料・トライアルだった{denominator}アカウントのうち、{to}末には{numerator}アカウントが有料です（{value}）。',
  },
})
