import { listShares, type Share, shareAccounts, unshareAccounts } from '../../access/shares.ts'
import { ExpectedError } from '../../shared/errors.ts'
import { builder } from '../builder.ts'
import { changeBy } from '../change-by.ts'
import { ownIds } from '../own-ids.ts'
import { edgesOf, forwardPage, pageCost, totalCountOf } from '../page.ts'
import { Account, accountOf } from './account.ts'

const PartnerShare = builder.objectRef<Share>('PartnerShare').implement({
  description: 'An account that a partner sees.',
  fields: (t) => ({
    partner: t.exposeString('partner', { description: 'The partner, as its keys name it.' }),
    account: t.field({
      type: Account,
      description: 'The account.',
      complexity: 1,
      resolve: ({ accountId }, _args, context) => accountOf(accountId, context),
    }),
    from: t.expose('from', { type: 'Date', description: "First day on which it is seen, in the tenant's time zone." }),
    to: t.expose('to', {
      type: 'Date',
      nullable: true,
      description: 'First day on which it is no more; null without.',
    }),
  }),
})

const PartnerShareConnection = builder.connectionObject(
  {
    type: PartnerShare,
    name: 'PartnerShareConnection',
    description: 'A page of what is shared with partners.',
    fields: (t) => ({ totalCount: t.int({ description: 'Shares in the whole list.', resolve: totalCountOf }) }),
  },
  { name: 'PartnerShareEdge', description: 'A share in a list.' },
)

builder.queryField('partnerShares', (t) =>
  t.field({
    type: PartnerShareConnection,
    description: 'Accounts that are, were or will be shared with partners, by partner. With an admin key.',
    authScopes: { scope: 'admin' },
    args: {
      partner: t.arg.string({ description: 'With this one only.' }),
      first: t.arg.int({ description: 'Shares: up to 500; 50 when missing.' }),
      after: t.arg.string({ description: 'Cursor after which the page starts.' }),
    },
    complexity: (args) => ({ field: 1, multiplier: pageCost(args).multiplier }),
    resolve: async (_root, { partner, ...args }, { db, principal }) => {
      const page = forwardPage(args, principal)
      const found = await listShares(db, principal.tenantId, { ...page, partner: partner ?? undefined })
      return edgesOf(found, page.offset)
    },
  }),
)

const ShareAccountsInput = builder.inputType('ShareAccountsInput', {
  description: 'Accounts to share with a partner.',
  fields: (t) => ({
    partner: t.string({ required: true, description: 'The partner, 1 to 100 characters, as its keys name it.' }),
    accountIds: t.idList({
      required: true,
      description: 'Global ids, ids as in viewer.accountIds, or as the source knows them; at most 1,000.',
    }),
    from: t.field({ type: 'Date', description: "First day on which they are seen; the tenant's today when missing." }),
    to: t.field({ type: 'Date', description: 'First day on which they are no more; no end when missing.' }),
  }),
})

const UnshareAccountsInput = builder.inputType('UnshareAccountsInput', {
  description: 'Accounts to take away from a partner: give either accountIds or all.',
  fields: (t) => ({
    partner: t.string({ required: true, description: 'The partner.' }),
    accountIds: t.idList({ description: 'As for shareAccounts.' }),
    all: t.boolean({ description: 'All that is shared with it.' }),
  }),
})

const SharedAccounts = builder.objectRef<{ partner: string; accounts: number }>('SharedAccounts').implement({
  description: 'What a partner is left with.',
  fields: (t) => ({
    partner: t.exposeString('partner', { description: 'The partner.' }),
    accounts: t.exposeInt('accounts', { description: 'Accounts that are shared with it, on whichever days.' }),
  }),
})

builder.mutationFields((t) => ({
  shareAccounts: t.field({
    type: SharedAccounts,
    description:
      'Lets keys and sessions of a partner see these accounts, between these days alone; one that is shared already gets the new days. With an admin key.',
    authScopes: { scope: 'admin' },
    args: { input: t.arg({ type: ShareAccountsInput, required: true }) },
    complexity: 50,
    resolve: async (_root, { input }, context) => {
      const shares = { ...input, accountIds: ownIds(input.accountIds, 'Account') }
      return { partner: input.partner, ...(await shareAccounts(context.db, changeBy(context), shares)) }
    },
  }),
  unshareAccounts: t.field({
    type: SharedAccounts,
    description: 'Takes accounts away from a partner; it sees them no more within a second. With an admin key.',
    authScopes: { scope: 'admin' },
    args: { input: t.arg({ type: UnshareAccountsInput, required: true }) },
    complexity: 50,
    resolve: async (_root, { input: { partner, accountIds, all } }, context) => {
      if ((accountIds == null) === (all !== true))
        throw new ExpectedError('INVALID_INPUT', 'input names either accountIds or all: true.', 'input')
      const which = accountIds == null ? 'ALL' : ownIds(accountIds, 'Account')
      return { partner, ...(await unshareAccounts(context.db, changeBy(context), { partner, accountIds: which })) }
    },
  }),
}))
