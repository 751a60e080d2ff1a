import { describe, expect, it } from 'vitest'
import { parseDecimal, roundHalfEven } from '../shared/rational.ts'
import { aPrice } from '../testing/build.ts'
import type { Aggregation, Price } from './price.ts'
import { committedAmount, overageAmount } from './usage-amount.ts'

const metered = (unitAmount: string, rest: Partial<Price> = {}) => aPrice(unitAmount, { usage: 'METERED', ...rest })
const included = (upTo: number, fee: string, beyond: string) =>
  metered('0', {
    scheme: 'GRADUATED',
    tiers: [
      { upTo, unitAmount: '0', flatAmount: fee },
      { upTo: null, unitAmount: beyond, flatAmount: '0' },
    ],
  })
const volume = metered('0', {
  scheme: 'VOLUME',
  tiers: [
    { upTo: 100, unitAmount: '10', flatAmount: '0' },
    { upTo: null, unitAmount: '8', flatAmount: '0' },
  ],
})

describe('what a month of usage costs beyond what is committed', () => {
  it.each<[string, Price, string, bigint, bigint, Aggregation?]>([
    ['units at their price', metered('2'), '1500', 0n, 3_000n],
    ['fractions of a minor unit are exact', metered('0.000381'), '24104515', 0n, 9_184n],
    ['fractions of a unit too', metered('100'), '1.25', 0n, 125n],
    ['nothing used is nothing beyond', metered('2'), '0', 0n, 0n],
    ['usage below zero is none', metered('2'), '-10', 0n, 0n],
    ['packs', metered('500', { transformQuantity: { divideBy: 1000, round: 'UP' } }), '2001', 0n, 1_500n],
    ['volume tiers put all into one', volume, '150', 0n, 1_200n],
    ['a fee with units included, within them', included(1000, '20000', '4'), '900', 20_000n, 0n],
    ['a fee with units included, beyond them', included(1000, '20000', '4'), '1250', 20_000n, 1_000n],
    ['a minimum that is not reached', metered('2', { minimumAmount: '5000' }), '1000', 5_000n, 0n],
    ['a minimum that is passed', metered('2', { minimumAmount: '5000' }), '4000', 5_000n, 3_000n],
    ['a yearly price, as if the year went on like this', metered('2', { interval: 'YEAR' }), '100', 0n, 200n],
    [
      'a yearly minimum against a year of such months',
      metered('2', { interval: 'YEAR', minimumAmount: '12000' }),
      '900',
      1_000n,
      800n,
    ],
    ['a level is not spread over the interval', metered('1200', { interval: 'YEAR' }), '10', 0n, 1_000n, 'MAX'],
    ['a one-time price is no MRR', metered('2', { oneTime: true }), '100', 0n, 0n],
  ])('%s', (_, price, quantity, committed, beyond, aggregation = 'SUM') => {
    expect([
      roundHalfEven(committedAmount(price)),
      roundHalfEven(overageAmount(price, parseDecimal(quantity), aggregation)),
    ]).toEqual([committed, beyond])
  })
})
