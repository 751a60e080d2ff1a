import { type CostsInForce, costsInForce, setCosts } from '../../ledger/set-costs.ts'
import { ExpectedError } from '../../shared/errors.ts'
import { builder } from '../builder.ts'
import { isOwnKey } from '../viewer.ts'

type Share = { category: string; share: string }

const ExpansionShare = builder.objectRef<Share>('ExpansionShare').implement({
  description: 'How much of a category of spend goes into expansion; the rest goes into new business.',
  fields: (t) => ({
    category: t.exposeString('category', { description: 'The category, as spend names it.' }),
    share: t.expose('share', { type: 'Decimal', description: 'From 0 to 1.' }),
  }),
})

const Costs = builder.objectRef<CostsInForce>('Costs').implement({
  description: 'What metrics of spend and of lifetime value need to know of the tenant.',
  fields: (t) => ({
    grossMargin: t.expose('grossMargin', {
      type: 'Decimal',
      nullable: true,
      description: 'Share of revenue, e.g. 0.785; null while nobody has said.',
    }),
    lag: t.exposeInt('lag', { description: 'Months from spending to what it gains.' }),
    expansionShares: t.field({
      type: [ExpansionShare],
      description: 'Categories that are allocated, besides "expansion" and "new", which name themselves.',
      resolve: ({ expansionShare }) => Object.entries(expansionShare).map(([category, share]) => ({ category, share })),
    }),
    reason: t.exposeString('reason', { nullable: true, description: 'Why it was set; null while nothing was.' }),
    since: t.expose('since', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was set: asOf an instant before reads what held then. Null while nothing was.',
    }),
  }),
})

const ExpansionShareInput = builder.inputType('ExpansionShareInput', {
  description: 'How much of a category of spend goes into expansion.',
  fields: (t) => ({
    category: t.string({ required: true, description: 'The category, as spend names it.' }),
    share: t.field({ type: 'Decimal', required: true, description: 'From 0 to 1, e.g. "0.3".' }),
  }),
})

const CostsInput = builder.inputType('CostsInput', {
  description: 'Costs as a whole: what is missing is not known.',
  fields: (t) => ({
    grossMargin: t.field({ type: 'Decimal', description: 'Share of revenue, e.g. "0.785".' }),
    lag: t.int({ description: '0 to 24 months; 0 when missing.' }),
    expansionShares: t.field({ type: [ExpansionShareInput], description: 'None when missing.' }),
  }),
})

builder.queryField('costs', (t) =>
  t.field({
    type: Costs,
    description: 'What is in force. With a key only.',
    complexity: 1,
    resolve: (_root, _args, { principal, read }) => {
      if (!isOwnKey(principal))
        throw new ExpectedError(
          'FORBIDDEN',
          'Costs are answered to a key of the vendor only, not to a session or a partner.',
        )
      return read((tx) => costsInForce(tx, principal.tenantId))
    },
  }),
)

builder.mutationField('setCosts', (t) =>
  t.field({
    type: Costs,
    description:
      'Says what holds from now on, as a whole; asOf an instant before reads what held then. With an admin key.',
    authScopes: { scope: 'admin' },
    args: {
      costs: t.arg({ type: CostsInput, required: true, description: 'What holds.' }),
      reason: t.arg.string({ required: true, description: 'Why, for whoever asks later.' }),
    },
    complexity: 10,
    resolve: (_root, { costs: { grossMargin, lag, expansionShares }, reason }, { db, principal: { tenantId } }) => {
      const shares = (expansionShares ?? []).map(({ category, share }) => [category, share] as const)
      const costs = { grossMargin: grossMargin ?? null, lag: lag ?? 0, expansionShare: Object.fromEntries(shares) }
      return setCosts(db, tenantId, { costs, reason })
    },
  }),
)
