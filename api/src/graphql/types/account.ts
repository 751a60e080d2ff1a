import { firstDayOf } from '../../facts/month.ts'
import { accountFacts } from '../../metrics/account-list.ts'
import { ExpectedError } from '../../shared/errors.ts'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { localId, localIds } from '../ids.ts'
import type { AccountRow } from '../loaders.ts'
import { connection, pageCost } from '../page.ts'
import { isAccountViewer } from '../viewer.ts'
import { Plan, planOf } from './catalog.ts'
import { Money } from './money.ts'
import { Subscription } from './subscription.ts'
import { AccountOrderField, OrderDirection } from './vocabulary.ts'

export const Account = builder.prismaNode('Account', {
  description: "The tenant's paying customer.",
  id: { resolve: ({ id }) => id, description: 'Global id.' },
  findUnique: (id, { principal: { tenantId } }) => ({ tenantId_id: { tenantId, id } }),
  nullable: true,
  fields: (t) => ({
    externalId: t.exposeString('externalId', { description: 'The id its source knows.' }),
    source: t.exposeString('source', { description: 'Where it comes from.' }),
    name: t.exposeString('name', { description: 'Name, as the source last gave it.' }),
    region: t.exposeString('region', { nullable: true, description: 'Region; null when the source does not say.' }),
    attributes: t.field({
      type: 'JSONObject',
      description: 'Properties the source or the vendor gave it; empty for an account viewer.',
      resolve: ({ attributes }, _args, { principal }) => (isAccountViewer(principal) ? {} : attributes),
    }),
    signedUpOn: t.field({
      type: 'Date',
      nullable: true,
      description: 'Day it signed up; null when the source does not say.',
      resolve: ({ signedUpOn }) => signedUpOn?.toISOString().slice(0, 10),
    }),
    firstPaidMonth: t.field({
      type: 'Date',
      nullable: true,
      description: 'First month that closed with revenue; null for an account that never paid.',
      resolve: async ({ id }, _args, { loaders }) => {
        const month = (await loaders.accountFacts.load(id))?.firstPaidMonth
        return month == null ? null : firstDayOf(month)
      },
    }),
    mrr: t.field({
      type: Money,
      description: "MRR now, in the tenant's currency.",
      resolve: ({ id }, _args, context) => mrrOf(id, context),
    }),
    seats: t.int({
      description: 'Purchased seats now.',
      resolve: async ({ id }, _args, { loaders }) => (await loaders.accountFacts.load(id))?.seats ?? 0,
    }),
    plans: t.field({
      type: [Plan],
      description: 'Plans held now, largest MRR first.',
      complexity: { field: 1, multiplier: 2 },
      resolve: async ({ id }, _args, context) => {
        const held = (await context.loaders.accountFacts.load(id))?.plans ?? []
        return Promise.all(held.map(({ planId }) => planOf(planId, context)))
      },
    }),
    subscriptions: t.field({
      type: [Subscription],
      description: 'Its agreements, oldest first, ended ones too.',
      complexity: { field: 1, multiplier: 2 },
      resolve: ({ id }, _args, { loaders }) => loaders.subscriptions.load(id),
    }),
  }),
})

builder.objectFields(Account, (t) => ({
  parent: t.field({
    type: Account,
    nullable: true,
    description: 'The account it belongs to; null when there is none or it may not be seen.',
    complexity: 1,
    resolve: ({ parentId }, _args, { loaders }) => (parentId === null ? null : loaders.account.load(parentId)),
  }),
  children: t.field({
    type: [Account],
    description: 'Accounts that belong to it, by name.',
    complexity: { field: 1, multiplier: 5 },
    resolve: ({ id }, _args, { loaders }) => loaders.children.load(id),
  }),
}))

export const AccountConnection = builder.connectionObject(
  {
    type: Account,
    name: 'AccountConnection',
    description: 'A page of accounts.',
    fields: (t) => ({
      totalCount: t.field({
        type: 'Int',
        description: 'Accounts in the whole list.',
        resolve: (page) => (page as unknown as { totalCount: number }).totalCount, // set by `connection`
      }),
    }),
  },
  { name: 'AccountEdge', description: 'An account in a list.' },
)

const AccountWhere = builder.inputType('AccountWhere', {
  description: 'Narrows a list of accounts; a missing field narrows nothing, an empty list matches nothing.',
  fields: (t) => ({
    search: t.string({ description: 'Part of the name or of the external id, in any case.' }),
    ids: t.idList({ description: 'These accounts.' }),
    region: t.stringList({ description: 'In any of these regions.' }),
    planId: t.idList({ description: 'Holding any of these plans now.' }),
    paying: t.boolean({ description: 'With (true) or without (false) MRR now.' }),
  }),
})

const AccountOrder = builder.inputType('AccountOrder', {
  description: 'Order of a list of accounts.',
  fields: (t) => ({
    field: t.field({ type: AccountOrderField, required: true, description: 'What to order by.' }),
    direction: t.field({
      type: OrderDirection,
      required: true,
      defaultValue: 'DESC',
      description: 'Which end comes first.',
    }),
  }),
})

builder.queryFields((t) => ({
  accounts: t.field({
    type: AccountConnection,
    description: 'Accounts the viewer may see, largest MRR first unless asked otherwise.',
    authScopes: { capability: 'accounts' },
    args: { where: t.arg({ type: AccountWhere }), orderBy: t.arg({ type: AccountOrder }), ...t.arg.connectionArgs() },
    complexity: pageCost,
    resolve: async (_root, { where, orderBy, ...page }, context) => {
      const { store, scope } = await context.facts()
      const list = connection(page, context.principal, (slice) =>
        accountFacts(store, {
          ...slice,
          scope,
          now: context.now,
          orderBy: orderBy ?? undefined,
          where: {
            search: where?.search ?? undefined,
            ids: localIds('Account', where?.ids, 'where.ids'),
            region: where?.region ?? undefined,
            planId: localIds('Plan', where?.planId, 'where.planId'),
            paying: where?.paying ?? undefined,
          },
        }),
      )
      const edges = list.edges.map(({ cursor, node }) => {
        context.loaders.accountFacts.prime(node.account.id, node)
        return { cursor, node: accountOf(node.account.id, context) }
      })
      return { ...list, edges: await settleNodes(edges) }
    },
  }),
  account: t.field({
    type: Account,
    nullable: true,
    description:
      'One account by global id or by the id its source knows; null when it does not exist or may not be seen.',
    authScopes: { capability: 'accounts' },
    args: {
      id: t.arg.id({ description: 'Global id.' }),
      externalId: t.arg.string({ description: 'The id its source knows.' }),
    },
    complexity: 1,
    resolve: (_root, { id, externalId }, context) => {
      if ((id == null) === (externalId == null))
        throw new ExpectedError('INVALID_INPUT', 'Give either id or externalId.', 'id')
      return id != null
        ? context.loaders.account.load(localId('Account', id, 'id'))
        : byExternalId(externalId!, context)
    },
  }),
}))

/** An account that facts or the ledger name, so it is there and may be seen. */
export async function accountOf(id: string, { loaders }: Context): Promise<AccountRow> {
  const account = await loaders.account.load(id)
  if (!account) throw new ExpectedError('NOT_FOUND', 'An account was removed while it was being read. Ask again.')
  return account
}

async function byExternalId(
  externalId: string,
  { read, principal: { tenantId } }: Context,
): Promise<AccountRow | undefined> {
  const [account, ...others] = await read((tx) => tx.account.findMany({ where: { tenantId, externalId }, take: 2 }))
  if (others.length === 0) return account
  throw new ExpectedError('INVALID_INPUT', 'externalId names accounts of several sources. Ask by id.', 'externalId')
}

async function mrrOf(id: string, { loaders, facts }: Context) {
  const found = await loaders.accountFacts.load(id)
  if (!found) return { minor: 0n, currency: (await facts()).store.currency }
  if (found.minor === null)
    throw new ExpectedError('UNAVAILABLE', "There is no exchange rate from the account's currency.")
  return { minor: found.minor, currency: found.currency }
}

function settleNodes<Node>(edges: { cursor: string; node: Promise<Node> }[]) {
  return Promise.all(edges.map(async ({ cursor, node }) => ({ cursor, node: await node })))
}
