import type { StrategyPart as Part } from '../../metrics/chart-result.ts'
import { builder } from '../builder.ts'
import { Money } from './money.ts'
import { ExpansionStrategy } from './vocabulary.ts'

export const StrategyPart = builder.objectRef<Part & { currency: string }>('StrategyPart').implement({
  description: 'The part of a change that one strategy made.',
  fields: (t) => ({
    strategy: t.expose('strategy', { type: ExpansionStrategy, description: 'The strategy.' }),
    amount: t.field({
      type: Money,
      description: 'Signed.',
      resolve: ({ minor, currency }) => ({ minor, currency }),
    }),
  }),
})
