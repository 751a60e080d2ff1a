import { type Renewal as Row, renewalsWithin } from '../../ledger/renewals.ts'
import { ExpectedError } from '../../shared/errors.ts'
import { builder } from '../builder.ts'
import { forwardPage, pageCost } from '../page.ts'
import { Account, accountOf } from './account.ts'
import { Money, type MoneyShape } from './money.ts'
import { Subscription } from './subscription.ts'

const DAYS = { standard: 90, most: 730 }

const Renewal = builder.objectRef<Row>('Renewal').implement({
  description: 'A contract that ends soon.',
  fields: (t) => ({
    account: t.field({
      type: Account,
      description: 'Whose it is.',
      complexity: 1,
      resolve: ({ account }, _args, context) => accountOf(account, context),
    }),
    subscription: t.field({
      type: Subscription,
      nullable: true,
      description: 'The agreement; null when it was removed while it was being read.',
      complexity: 1,
      resolve: async ({ account, subscription }, _args, { loaders }) =>
        (await loaders.subscriptions.load(account)).find(({ id }) => id === subscription),
    }),
    endsAt: t.expose('endsAt', { type: 'DateTime', description: 'When its term ends.' }),
    mrr: t.field({
      type: Money,
      description: 'MRR at stake.',
      resolve: ({ mrr, currency }) => ({ minor: mrr, currency }),
    }),
    isCancelled: t.exposeBoolean('isCancelled', {
      description: 'Whether its end is agreed already; otherwise it renews unless somebody acts.',
    }),
  }),
})

type Shape = { days: number; until: Date; all: Row[] }

const Renewals = builder.objectRef<Shape>('Renewals').implement({
  description: 'Contracts that end soon, and the MRR at stake.',
  fields: (t) => ({
    within: t.exposeInt('days', { description: 'Days looked ahead.' }),
    until: t.expose('until', { type: 'DateTime', description: 'Ends up to this instant are listed.' }),
    totalCount: t.int({ description: 'Contracts in the whole list.', resolve: ({ all }) => all.length }),
    mrr: t.field({
      type: [Money],
      description: 'MRR at stake over the whole list, by currency.',
      complexity: { field: 1, multiplier: 2 },
      resolve: ({ all }) => sums(all),
    }),
    cancelledMrr: t.field({
      type: [Money],
      description: 'What of it is cancelled already, by currency.',
      complexity: { field: 1, multiplier: 2 },
      resolve: ({ all }) => sums(all.filter(({ isCancelled }) => isCancelled)),
    }),
    items: t.field({
      type: [Renewal],
      description: 'The contracts, the earliest end first.',
      args: { first: t.arg.int({ description: 'How many to list; 50 when missing.' }) },
      complexity: pageCost,
      resolve: ({ all }, page, { principal }) => all.slice(0, forwardPage(page, principal).limit),
    }),
  }),
})

builder.queryField('renewals', (t) =>
  t.field({
    type: Renewals,
    description:
      'Contracts that end within so many days: those with a term longer than a month, and any whose end is agreed.',
    authScopes: { capability: 'accounts' },
    args: {
      within: t.arg.int({ defaultValue: DAYS.standard, description: 'Days to look ahead, 1 to 730.' }),
    },
    complexity: 20,
    resolve: async (_root, { within }, { read, membership, principal, now }) => {
      const days = within ?? DAYS.standard
      if (days < 1 || days > DAYS.most)
        throw new ExpectedError('INVALID_INPUT', `within is 1 to ${DAYS.most} days; it was ${days}.`, 'within')
      const { sees } = await membership()
      const found = await read((tx) => renewalsWithin(tx, { tenantId: principal.tenantId, now, days }))
      const all = found.filter(({ account }) => sees(account))
      return { days, until: new Date(now.getTime() + days * 86_400_000), all }
    },
  }),
)

function sums(rows: readonly Row[]): MoneyShape[] {
  const totals = new Map<string, bigint>()
  for (const { currency, mrr } of rows) totals.set(currency, (totals.get(currency) ?? 0n) + mrr)
  return [...totals.keys()].sort().map((currency) => ({ currency, minor: totals.get(currency) ?? 0n }))
}
