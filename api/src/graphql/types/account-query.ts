import { accountFacts } from '../../metrics/account-list.ts'
import { ExpectedError } from '../../shared/errors.ts'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { withinSegments } from '../fact-where.ts'
import { localId, localIds } from '../ids.ts'
import type { AccountRow } from '../loaders.ts'
import { connection, pageCost } from '../page.ts'
import { Account, AccountConnection, accountOf } from './account.ts'
import { AccountOrderField, OrderDirection } from './vocabulary.ts'

const AccountWhere = builder.inputType('AccountWhere', {
  description: 'Narrows a list of accounts; a missing field narrows nothing, an empty list matches nothing.',
  fields: (t) => ({
    search: t.string({ description: 'Part of the name or of the external id, in any case.' }),
    ids: t.idList({ description: 'These accounts.' }),
    region: t.stringList({ description: 'In any of these regions.' }),
    planId: t.idList({ description: 'Holding any of these plans now.' }),
    segmentIds: t.idList({ description: 'In any of these saved segments; not for viewers of some accounts.' }),
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
      const facts = await context.facts()
      const { store, scope } = facts
      const within = await withinSegments(where?.segmentIds, context, facts)
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
            within,
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

async function byExternalId(
  externalId: string,
  { read, membership, principal: { tenantId } }: Context,
): Promise<AccountRow | undefined> {
  const { sees } = await membership()
  const found = await read((tx) => tx.account.findMany({ where: { tenantId, externalId } }))
  const [account, ...others] = found.filter(({ id }) => sees(id))
  if (others.length === 0) return account
  throw new ExpectedError('INVALID_INPUT', 'externalId names accounts of several sources. Ask by id.', 'externalId')
}

function settleNodes<Node>(edges: { cursor: string; node: Promise<Node> }[]) {
  return Promise.all(edges.map(async ({ cursor, node }) => ({ cursor, node: await node })))
}
