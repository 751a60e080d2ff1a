import type { MonthRange } from '../../facts/month.ts'
import type { PartnerFacts } from '../../metrics/list-result.ts'
import { partners } from '../../metrics/partner-list.ts'
import { ExpectedError } from '../../shared/errors.ts'
import { builder } from '../builder.ts'
import { currencyOf, monthRange } from '../fact-args.ts'
import { connection, pageCost, totalCountOf } from '../page.ts'
import { isLimited } from '../viewer.ts'
import { asOfArg } from './as-of.ts'
import { Money } from './money.ts'
import { DateRange, daysOfMonths, Period } from './period.ts'
import { viewArg, viewOf } from './view.ts'

const Partner = builder.objectRef<PartnerFacts>('Partner').implement({
  description: 'Who brought accounts, or looks after them: what their source names as their partner.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'As the source names it.' }),
    accounts: t.exposeInt('accounts', { description: 'Accounts attributed to it now.' }),
    payingAccounts: t.exposeInt('payingAccounts', { description: 'How many of them pay now.' }),
    mrr: t.field({
      type: Money,
      nullable: true,
      description: 'What they pay now; null where an exchange rate is missing.',
      resolve: ({ mrr, currency }) => (mrr === null ? null : { minor: mrr, currency }),
    }),
    expansion: t.field({
      type: Money,
      nullable: true,
      description:
        'EXPANSION movements of the period, of accounts that were attributed to it at the time; null where an exchange rate is missing.',
      resolve: ({ expansion, currency }) => (expansion === null ? null : { minor: expansion, currency }),
    }),
  }),
})

const PartnerConnection = builder.connectionObject(
  {
    type: Partner,
    name: 'PartnerConnection',
    description: 'A page of partners.',
    fields: (t) => ({
      totalCount: t.field({ type: 'Int', description: 'Partners in the whole list.', resolve: totalCountOf }),
      period: t.field({
        type: Period,
        description: 'The months whose expansion is shown.',
        resolve: (page) => daysOfMonths(whole(page).range),
      }),
      view: t.string({ description: 'The view that named movements.', resolve: (page) => whole(page).view }),
    }),
  },
  { name: 'PartnerEdge', description: 'A partner in a list.' },
)

builder.queryField('partners', (t) =>
  t.field({
    type: PartnerConnection,
    description:
      'Partners that accounts are or were attributed to, largest MRR first. An account says it by its attribute "partner", from the day it says so. Not for a viewer of some accounts.',
    authScopes: { capability: 'accounts' },
    args: {
      range: t.arg({
        type: DateRange,
        description: 'Months of the expansion; the 12 last complete ones when missing.',
      }),
      currency: t.arg({ type: 'CurrencyCode', description: "Of the answer; the tenant's when missing." }),
      asOf: t.arg(asOfArg),
      view: t.arg(viewArg),
      ...t.arg.connectionArgs(),
    },
    complexity: pageCost,
    resolve: async (_root, { range, currency, asOf, view, ...page }, context) => {
      if (isLimited(context.principal))
        throw new ExpectedError('FORBIDDEN', 'partners is not available to a viewer of some accounts.')
      const { store, scope, now } = await context.facts(asOf)
      const asked = { scope, now, range: monthRange(range), currency: currencyOf(currency), view: viewOf(view) }
      return connection(page, context.principal, (slice) => partners(store, { ...asked, ...slice }))
    },
  }),
)

/** What `connection` keeps beside the edges. */
const whole = (page: object): { range: MonthRange; view: string } => page as ReturnType<typeof whole> // of `partners`
