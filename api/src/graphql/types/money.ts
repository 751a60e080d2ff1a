import { toMajor } from '../../shared/money.ts'
import { builder } from '../builder.ts'

export type MoneyShape = { minor: bigint; currency: string }

export const Money = builder.objectRef<MoneyShape>('Money').implement({
  description: 'Exact amount of one currency.',
  fields: (t) => ({
    amount: t.field({
      type: 'Decimal',
      description: 'In major units, e.g. "12.50".',
      resolve: ({ minor, currency }) => toMajor(minor, currency),
    }),
    minor: t.expose('minor', { type: 'BigInt', description: 'In minor units, e.g. "1250".' }),
    currency: t.expose('currency', { type: 'CurrencyCode', description: 'Its currency.' }),
  }),
})
