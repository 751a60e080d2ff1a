import { firstDayOf } from '../../facts/month.ts'
import { type Figures, type Restatement as Item, restatements } from '../../metrics/restatement-list.ts'
import { builder } from '../builder.ts'
import { monthRange } from '../fact-args.ts'
import { connection, edgesOf, forwardPage, pageCost, totalCountOf } from '../page.ts'
import type { LateKey, LatePage } from '../restatement-lines.ts'
import { isLimited } from '../viewer.ts'
import { Account, accountOf } from './account.ts'
import { asOfArg } from './as-of.ts'
import { LedgerLine } from './ledger-line.ts'
import { Money } from './money.ts'
import { DateRange } from './period.ts'
import { MonthCloser } from './vocabulary.ts'

type Shape = Item & { late: LateKey }
type Line = LatePage['items'][number]

const RestatementFigures = builder.objectRef<Figures & { currency: string }>('RestatementFigures').implement({
  description: 'A month of one currency: opening + new + expansion + reactivation - contraction - churn = closing.',
  fields: (t) => {
    const figure = (name: keyof Figures, description: string) =>
      t.field({ type: Money, description, resolve: ({ [name]: minor, currency }) => ({ minor, currency }) })
    return {
      opening: figure('opening', 'MRR at the start.'),
      new: figure('new', 'Won from accounts that never paid before.'),
      expansion: figure('expansion', 'Gained from paying accounts.'),
      reactivation: figure('reactivation', 'Won back.'),
      contraction: figure('contraction', 'Lost from accounts that still pay; positive.'),
      churn: figure('churn', 'Lost with accounts that left; positive.'),
      closing: figure('closing', 'MRR at the end.'),
    }
  },
})

const RestatementLine = builder.objectRef<Line>('RestatementLine').implement({
  description: 'A ledger line that was recorded after a month it counts in was closed.',
  fields: (t) => ({
    account: t.field({
      type: Account,
      description: 'Whose it is.',
      complexity: 1,
      resolve: ({ accountId }, _args, context) => accountOf(accountId, context),
    }),
    isReversal: t.boolean({
      description: 'It takes back a line that was reported.',
      resolve: ({ reverses }) => reverses !== null,
    }),
    line: t.field({
      type: LedgerLine,
      description: 'The line: amount, when it counts from, when it was recorded, and the event behind it.',
      // What it is called in its month is not asked here, so its strategy shows.
      resolve: (line) => ({ ...line, movement: 'EXPANSION' as const }),
    }),
  }),
})

const LineConnection = builder.connectionObject(
  {
    type: RestatementLine,
    name: 'RestatementLineConnection',
    description: 'A page of late lines.',
    fields: (t) => ({
      totalCount: t.int({
        description: 'Late lines of the month in all.',
        resolve: totalCountOf,
      }),
    }),
  },
  { name: 'RestatementLineEdge', description: 'A late line in a list.' },
)

const Restatement = builder.objectRef<Shape>('Restatement').implement({
  description: 'A closed month that says something else than when it was closed, in one currency.',
  fields: (t) => ({
    month: t.field({ type: 'Date', description: 'First day of the month.', resolve: ({ month }) => firstDayOf(month) }),
    closedAt: t.field({
      type: 'DateTime',
      description: 'When it was closed; asOf this instant gives what was reported.',
      resolve: ({ close }) => close.closedAt,
    }),
    closedBy: t.field({ type: MonthCloser, description: 'What closed it.', resolve: ({ close }) => close.by }),
    closeReason: t.string({
      nullable: true,
      description:
        'What a person said about closing it; null when nobody said anything, and for a viewer of some accounts.',
      resolve: ({ close }, _args, { principal }) => (isLimited(principal) ? null : close.reason),
    }),
    closedVersion: t.field({
      type: 'BigInt',
      description: 'Ledger version that it was closed with; late lines are of a later one.',
      resolve: ({ close }) => close.version,
    }),
    restatedSince: t.expose('restatedSince', {
      type: 'DateTime',
      description: 'When the last of what changed it was recorded.',
    }),
    accounts: t.exposeInt('accounts', { description: 'Accounts whose month changed.' }),
    reported: t.field({
      type: RestatementFigures,
      description: 'As it was closed.',
      resolve: ({ reported, currency }) => ({ ...reported, currency }),
    }),
    now: t.field({
      type: RestatementFigures,
      description: 'As it is.',
      resolve: ({ now, currency }) => ({ ...now, currency }),
    }),
    difference: t.field({
      type: RestatementFigures,
      description: 'now less reported, signed.',
      resolve: ({ difference, currency }) => ({ ...difference, currency }),
    }),
    lines: t.field({
      type: LineConnection,
      description: 'What was recorded after the close and counts in or before the month, in the order of recording.',
      args: {
        first: t.arg.int({ description: 'Lines: up to 500 with a key, 100 with a session; 20 when missing.' }),
        after: t.arg.string({ description: 'Cursor after which the page starts.' }),
      },
      complexity: ({ first }) => ({ field: 1, multiplier: first ?? LINES }),
      resolve: async ({ late }, { first, after }, { loaders, principal }) => {
        const page = forwardPage({ first: first ?? LINES, after }, principal)
        return edgesOf(await loaders.latePages.load({ ...late, ...page }), page.offset)
      },
    }),
    linesTotal: t.field({
      type: Money,
      description: 'Sum of all those lines, read from the ledger; it equals the difference of closing.',
      complexity: 2,
      resolve: async ({ late, currency }, _args, { loaders }) => ({
        minor: await loaders.lateTotals.load(late),
        currency,
      }),
    }),
    reconciles: t.boolean({
      description: 'Computed: linesTotal equals the difference of closing.',
      complexity: 2,
      resolve: async ({ late, difference }, _args, { loaders }) =>
        (await loaders.lateTotals.load(late)) === difference.closing,
    }),
  }),
})

const LINES = 20
/** Later than any line can be recorded. */
const END_OF_TIME = new Date('9999-12-31T00:00:00Z')

const RestatementConnection = builder.connectionObject(
  {
    type: Restatement,
    name: 'RestatementConnection',
    description: 'A page of restated months.',
    fields: (t) => ({
      totalCount: t.int({
        description: 'Restated months in the whole list, by currency.',
        resolve: totalCountOf,
      }),
    }),
  },
  { name: 'RestatementEdge', description: 'A restated month in a list.' },
)

builder.queryField('restatements', (t) =>
  t.field({
    type: RestatementConnection,
    description:
      'Closed months that were changed afterwards, the newest first: by how much, and by which lines. Movements are netted by month, as in the view NOBISHIRO.',
    authScopes: { capability: 'accounts' },
    args: {
      range: t.arg({ type: DateRange, description: 'Months of the range; all of history when missing.' }),
      asOf: t.arg(asOfArg),
      ...t.arg.connectionArgs(),
    },
    complexity: (args) => ({ field: 20, multiplier: pageCost(args).multiplier }),
    resolve: async (_root, { range, asOf, ...page }, context) => {
      const { store, scope } = await context.facts(asOf)
      return connection(page, context.principal, (slice) => {
        const found = restatements(store, { ...slice, scope, range: monthRange(range) })
        const items = found.items.map((item): Shape => {
          const { month, currency, close } = item
          const late = {
            month,
            currency,
            closeVersion: close.version,
            version: store.version,
            until: asOf ?? END_OF_TIME,
          }
          return { ...item, late }
        })
        return { items, total: found.total }
      })
    },
  }),
)
