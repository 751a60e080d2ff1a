import { eraseAccount } from '../../privacy/erase-account.ts'
import { setRetention } from '../../privacy/retention.ts'
import { builder } from '../builder.ts'
import { changeBy } from '../change-by.ts'
import { ownIds } from '../own-ids.ts'
import { Account, accountOf } from './account.ts'

const ErasedAccounts = builder
  .objectRef<{ accounts: string[]; newly: string[]; deliveries: number }>('ErasedAccounts')
  .implement({
    description: 'Accounts of which nothing personal is kept any more.',
    fields: (t) => ({
      accounts: t.field({
        type: [Account],
        description: 'The account that was named, and those that were merged with it.',
        complexity: { field: 1, multiplier: 2 },
        resolve: ({ accounts }, _args, context) => Promise.all(accounts.map((id) => accountOf(id, context))),
      }),
      wasErased: t.boolean({
        description: 'All of them were erased before, and nothing was done.',
        resolve: ({ newly }) => newly.length === 0,
      }),
      deliveries: t.exposeInt('deliveries', {
        description: 'Deliveries whose body was replaced by what numbers follow from.',
      }),
    }),
  })

const Retention = builder.objectRef<{ days: number | null }>('Retention').implement({
  description: 'How long bodies of deliveries are kept as they came.',
  fields: (t) => ({
    days: t.exposeInt('days', { nullable: true, description: 'Days; null keeps them for good.' }),
  }),
})

builder.mutationFields((t) => ({
  eraseAccount: t.field({
    type: ErasedAccounts,
    description:
      'Erases all that is personal of an account, and of those that were merged with it. No number of the tenant changes, what arrives later is reduced, and nothing brings it back. The same again does nothing. With an admin key.',
    authScopes: { scope: 'admin' },
    args: {
      account: t.arg.id({
        required: true,
        description: 'Global id, id as in viewer.accountIds, or as the source knows it.',
      }),
    },
    complexity: 100,
    resolve: (_root, { account }, context) =>
      eraseAccount(context.db, changeBy(context), ownIds([account], 'Account')[0] ?? account),
  }),
  setRetention: t.field({
    type: Retention,
    description:
      'Says for how many days bodies of deliveries are kept as they came; the server then puts what was understood in their place, once a day. No number changes. With an admin key.',
    authScopes: { scope: 'admin' },
    args: { days: t.arg.int({ description: '1 to 36,500; null keeps them for good.' }) },
    complexity: 10,
    resolve: (_root, { days }, context) => setRetention(context.db, changeBy(context), { days: days ?? null }),
  }),
}))
