import type { RateRow } from '../../facts/rates.ts'
import { defaultRange } from '../../metrics/default-range.ts'
import type { CloseRate as Close, RateUsed as Used } from '../../metrics/list-result.ts'
import { checkRange } from '../../metrics/periods.ts'
import { closeRates } from '../../metrics/rates-used.ts'
import { builder } from '../builder.ts'
import { monthRange } from '../fact-args.ts'
import { asOfArg } from './as-of.ts'
import { DateRange } from './period.ts'

const ExchangeRate = builder.objectRef<RateRow>('ExchangeRate').implement({
  description: "What a currency was worth in the tenant's on a day, exactly as it was imported.",
  fields: (t) => ({
    currency: t.expose('currency', { type: 'CurrencyCode', description: 'The other currency.' }),
    day: t.expose('day', { type: 'Date', description: 'The day of the rate.' }),
    rate: t.expose('rate', { type: 'Decimal', description: "So much of the tenant's currency…" }),
    per: t.expose('per', {
      type: 'Decimal',
      description: '…is so much of the other: 1 unless it came the other way round.',
    }),
  }),
})

export const RateUsed = builder.objectRef<Used>('RateUsed').implement({
  description: 'The rates of one currency at two closes.',
  fields: (t) => ({
    currency: t.expose('currency', { type: 'CurrencyCode', description: 'The currency held.' }),
    opening: t.expose('opening', { type: ExchangeRate, description: 'At the close of the month before.' }),
    closing: t.expose('closing', { type: ExchangeRate, description: 'At the close of the month.' }),
  }),
})

const CloseRate = builder.objectRef<Close>('CloseRate').implement({
  description: 'The rate of a currency at the close of a month.',
  fields: (t) => ({
    month: t.expose('month', { type: 'Date', description: 'First day of the month.' }),
    currency: t.expose('currency', { type: 'CurrencyCode', description: 'The currency.' }),
    rate: t.expose('rate', {
      type: ExchangeRate,
      nullable: true,
      description: 'The last one at or before the close; null where none is at most 7 days old.',
    }),
  }),
})

builder.queryField('rates', (t) =>
  t.field({
    type: [CloseRate],
    description:
      "Exchange rates into the tenant's currency at each close, of every currency that the viewer's accounts paid in.",
    args: {
      range: t.arg({ type: DateRange, description: 'The 12 last complete months when missing.' }),
      asOf: t.arg(asOfArg),
    },
    complexity: { field: 10, multiplier: 12 },
    resolve: async (_root, { range, asOf }, context) => {
      const { store, scope, now } = await context.facts(asOf)
      return closeRates(store, { scope, range: checkRange(monthRange(range) ?? defaultRange(store, now)), now })
    },
  }),
)
