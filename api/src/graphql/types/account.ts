import { firstDayOf } from '../../facts/month.ts'
import { ExpectedError } from '../../shared/errors.ts'
import { localDay } from '../../shared/local-day.ts'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { hierarchyOfStore } from '../level.ts'
import type { AccountRow } from '../loaders.ts'
import { totalCountOf } from '../page.ts'
import { isLimited } from '../viewer.ts'
import { Plan, planOf } from './catalog.ts'
import { Money } from './money.ts'
import { Subscription } from './subscription.ts'

export const Account = builder.prismaNode('Account', {
  description: "The tenant's paying customer.",
  id: { resolve: ({ id }) => id, description: 'Global id.' },
  findUnique: (id, { principal: { tenantId } }) => ({ tenantId_id: { tenantId, id } }),
  nullable: true,
  fields: (t) => ({
    externalId: t.exposeString('externalId', { description: 'The id its source knows.' }),
    source: t.exposeString('source', { description: 'Where it comes from.' }),
    name: t.exposeString('name', { description: 'Name, as the source last gave it; empty of one that was erased.' }),
    erasedAt: t.expose('erasedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When all that was personal of it was erased; null for the others.',
    }),
    region: t.exposeString('region', { nullable: true, description: 'Region; null when the source does not say.' }),
    attributes: t.field({
      type: 'JSONObject',
      description: 'Properties the source or the vendor gave it; empty for a viewer of some accounts.',
      resolve: ({ attributes }, _args, { principal }) => (isLimited(principal) ? {} : attributes),
    }),
    partner: t.string({
      nullable: true,
      description:
        'Partner that it is attributed to; null where its source names none, and for a viewer of some accounts.',
      resolve: ({ attributes }, _args, { principal }) => (isLimited(principal) ? null : partnerIn(attributes)),
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
  ultimateParent: t.field({
    type: Account,
    nullable: true,
    description:
      'The account at the top of those it belongs to today, itself where it belongs to none; null for a viewer of some accounts.',
    complexity: 1,
    resolve: async ({ id }, _args, context) => {
      if (isLimited(context.principal)) return null
      const { store, now } = await context.facts()
      const top = (await hierarchyOfStore(context, store)).ultimateParentOn(id, localDay(now, store.timeZone))
      return context.loaders.account.load(top)
    },
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
        resolve: totalCountOf,
      }),
    }),
  },
  { name: 'AccountEdge', description: 'An account in a list.' },
)

/** An account that facts or the ledger name, so it is there and may be seen. */
export async function accountOf(id: string, { loaders }: Context): Promise<AccountRow> {
  const account = await loaders.account.load(id)
  if (!account) throw new ExpectedError('NOT_FOUND', 'An account was removed while it was being read. Ask again.')
  return account
}

function partnerIn(attributes: AccountRow['attributes']): string | null {
  const said =
    attributes !== null && typeof attributes === 'object' && 'partner' in attributes ? attributes['partner'] : null
  return typeof said === 'string' && said !== '' ? said : null
}

async function mrrOf(id: string, { loaders, facts }: Context) {
  const found = await loaders.accountFacts.load(id)
  if (!found) return { minor: 0n, currency: (await facts()).store.currency }
  if (found.minor === null)
    throw new ExpectedError('UNAVAILABLE', "There is no exchange rate from the account's currency.")
  return { minor: found.minor, currency: found.currency }
}
