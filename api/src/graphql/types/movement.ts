import { dayOf, firstDayOf } from '../../facts/month.ts'
import type { Movement, MovementPage, MovementTotal as Total } from '../../metrics/list-result.ts'
import { movements } from '../../metrics/movement-list.ts'
import type { MovementQuery } from '../../metrics/query.ts'
import { builder, FROM_FACTS } from '../builder.ts'
import type { Context } from '../context.ts'
import { monthRange } from '../fact-args.ts'
import { globalId, localIds } from '../ids.ts'
import { type KnownMovement, knownAt } from '../known-at.ts'
import { factsAtLevel, type LevelAsked, withMembers } from '../level.ts'
import { connection, type PageArgs, pageCost } from '../page.ts'
import { isLimited } from '../viewer.ts'
import { Account, accountOf } from './account.ts'
import { asOfArg } from './as-of.ts'
import { LedgerLine } from './ledger-line.ts'
import { levelArg } from './level.ts'
import { Money } from './money.ts'
import { DateRange } from './period.ts'
import { RateUsed } from './rate.ts'
import { StrategyPart } from './strategy-part.ts'
import { viewArg, viewOf } from './view.ts'
import { Completeness, ExpansionStrategy, MovementKind, MovementOrderField, OrderDirection } from './vocabulary.ts'

const RevenueMovement = builder.objectRef<Movement>('RevenueMovement').implement({
  description:
    "One account's change of MRR in one month, or on one day where the view nets by event; or what exchange rates made of its MRR in a month.",
  fields: (t) => ({
    id: t.id({ description: 'Global id.', resolve: ({ id }) => globalId('RevenueMovement', id) }),
    account: t.field({
      type: Account,
      description: 'Whose it is.',
      complexity: 1,
      resolve: ({ account }, _args, context) => accountOf(account.id, context),
    }),
    month: t.field({ type: 'Date', description: 'First day of the month.', resolve: ({ month }) => firstDayOf(month) }),
    day: t.field({
      type: 'Date',
      nullable: true,
      description: "Its day, in the tenant's time zone, where the view nets by event; null for a whole month's.",
      resolve: ({ month, day }) => (day === 0 ? null : dayOf(month, day)),
    }),
    kind: t.field({ type: MovementKind, description: 'What it is called.', resolve: ({ kind }) => kind }),
    amount: t.field({
      type: Money,
      description: 'Positive, the kind says the direction; that of FX is signed.',
      resolve: ({ minor, currency }) => ({ minor, currency }),
    }),
    change: t.field({
      type: Money,
      description: 'closing less opening.',
      resolve: ({ change, currency }) => ({ minor: change, currency }),
    }),
    opening: t.field({
      type: Money,
      description: "The account's MRR before the month, or before the day; of FX, what closing was before rates moved.",
      resolve: ({ opening, currency }) => ({ minor: opening, currency }),
    }),
    closing: t.field({
      type: Money,
      description:
        "The account's MRR at the end of the month, or of the day. Where amounts are converted: at the rates of the month before, from which FX leads to the month's own.",
      resolve: ({ closing, currency }) => ({ minor: closing, currency }),
    }),
    seatsChange: t.exposeInt('seatsChange', { description: 'Signed change of purchased seats.' }),
    strategyParts: t.field({
      type: [StrategyPart],
      description: 'Signed parts by strategy; empty for NEW, REACTIVATION and CHURN. They sum to change exactly.',
      resolve: ({ strategyParts, currency }) => strategyParts.map((part) => ({ ...part, currency })),
    }),
    lines: t.field({
      type: [LedgerLine],
      description:
        'The ledger lines it is made of, oldest first; their signed sum is change, in their own currencies. FX has none.',
      complexity: { field: 1, multiplier: 3 },
      resolve: async (movement, _args, { loaders }) =>
        movement.kind === 'FX'
          ? []
          : (await loaders.lines.load(movement)).map((line) => ({
              ...line,
              movement: movement.kind,
              asOf: asOfOf(movement),
            })),
    }),
    partner: t.string({
      nullable: true,
      description:
        'Partner that its account was attributed to on its day, or on the last day of its month; null where there was none, and for a viewer of some accounts.',
      resolve: ({ partner }, _args, { principal }) => (isLimited(principal) ? null : partner),
    }),
    rates: t.field({
      type: [RateUsed],
      description: 'FX only: the rates that made it, of each currency held; empty otherwise.',
      complexity: { field: 0, multiplier: 2 },
      resolve: ({ rates }) => rates,
    }),
    completeness: t.expose('completeness', { type: Completeness, description: 'Whether the month can still change.' }),
  }),
})

const MovementTotal = builder.objectRef<Total & { currency: string }>('MovementTotal').implement({
  description: 'All movements of one kind in the filtered list.',
  fields: (t) => ({
    kind: t.expose('kind', { type: MovementKind, description: 'The kind.' }),
    amount: t.field({
      type: Money,
      description: 'Sum of their amounts.',
      resolve: ({ minor, currency }) => ({ minor, currency }),
    }),
    accounts: t.exposeInt('accounts', { description: 'Different accounts among them.' }),
  }),
})

export const RevenueMovementConnection = builder.connectionObject(
  {
    type: RevenueMovement,
    name: 'RevenueMovementConnection',
    description: 'A page of movements, with totals of the whole filtered list.',
    fields: (t) => ({
      totalCount: t.int({ description: 'Movements in the whole list.', resolve: (page) => whole(page).totalCount }),
      totals: t.field({
        type: [MovementTotal],
        description: 'Sums of the whole filtered list by kind.',
        resolve: (page) => whole(page).totals.map((total) => ({ ...total, currency: whole(page).currency })),
      }),
      view: t.string({
        description: 'The view that cut them, e.g. NOBISHIRO.',
        resolve: (page) => whole(page).view,
      }),
    }),
  },
  { name: 'RevenueMovementEdge', description: 'A movement in a list.' },
)

const MovementWhere = builder.inputType('MovementWhere', {
  description: 'Narrows a list of movements; a missing field narrows nothing, an empty list matches nothing.',
  fields: (t) => ({
    range: t.field({ type: DateRange, description: 'Months of the range; all of history when missing.' }),
    kinds: t.field({ type: [MovementKind], description: 'Of any of these kinds.' }),
    strategies: t.field({ type: [ExpansionStrategy], description: 'With a part of any of these strategies.' }),
    accountIds: t.idList({ description: 'Of these accounts.' }),
  }),
})

const MovementOrder = builder.inputType('MovementOrder', {
  description: 'Order of a list of movements.',
  fields: (t) => ({
    field: t.field({ type: MovementOrderField, required: true, description: 'What to order by.' }),
    direction: t.field({
      type: OrderDirection,
      required: true,
      defaultValue: 'DESC',
      description: 'Which end comes first.',
    }),
  }),
})

builder.queryField('revenueMovements', (t) =>
  t.field({
    extensions: FROM_FACTS,
    type: RevenueMovementConnection,
    description: 'Movements the viewer may see, newest first unless asked otherwise.',
    authScopes: { capability: 'accounts' },
    args: {
      where: t.arg({ type: MovementWhere }),
      orderBy: t.arg({ type: MovementOrder }),
      asOf: t.arg(asOfArg),
      level: t.arg(levelArg),
      view: t.arg(viewArg),
      ...t.arg.connectionArgs(),
    },
    complexity: pageCost,
    resolve: (_root, { where, orderBy, asOf, level, view, ...page }, context) =>
      movementPage(page, context, {
        asOf,
        level,
        view: viewOf(view),
        orderBy: orderBy ?? undefined,
        where: {
          range: monthRange(where?.range, 'where.range'),
          kinds: where?.kinds ?? undefined,
          strategies: where?.strategies ?? undefined,
          accountIds: localIds('Account', where?.accountIds, 'where.accountIds'),
        },
      }),
  }),
)

builder.objectField(Account, 'movements', (t) =>
  t.field({
    type: RevenueMovementConnection,
    description: 'Its changes of MRR by month, or by day where the view nets by event, newest first.',
    args: { view: t.arg(viewArg), ...t.arg.connectionArgs() },
    complexity: pageCost,
    resolve: ({ id }, { view, ...page }, context) =>
      movementPage(page, context, { view: viewOf(view), where: { accountIds: [id] } }),
  }),
)

async function movementPage(
  page: PageArgs,
  context: Context,
  query: Pick<MovementQuery, 'where' | 'orderBy' | 'view'> & Pick<LevelAsked, 'asOf' | 'level'>,
) {
  const { asOf, level, ...rest } = query
  const { store, scope, now } = await factsAtLevel(context, { asOf, level, range: rest.where?.range })
  return connection(page, context.principal, (slice) =>
    knownAt(withMembers(movements(store, { ...rest, ...slice, scope, now }), store), asOf),
  )
}

/** Whose knowledge a movement and its lines are of; now where nothing is said. */
const asOfOf = ({ asOf }: KnownMovement): Date | undefined => asOf

/** What `connection` adds to the edges. */
function whole(page: object): Pick<MovementPage, 'totals' | 'currency' | 'view'> & { totalCount: number } {
  return page as ReturnType<typeof whole> // always made by movementPage or explain
}
