import { builder } from '../builder.ts'

const LedgerChange = builder.objectRef<bigint>('LedgerChange').implement({
  description: 'That the ledger has moved: answers from before may be asked for again.',
  fields: (t) => ({
    version: t.field({
      type: 'BigInt',
      description: 'Its version now, to compare with that of an answer.',
      resolve: (version) => version,
    }),
  }),
})

builder.subscriptionType({
  name: 'Live', // Subscription is what an account holds
  description: 'What is told without being asked again, by server-sent events.',
  authScopes: { scope: 'read' },
})

builder.subscriptionField('ledgerChanged', (t) =>
  t.field({
    type: LedgerChange,
    description:
      "The version of the tenant's ledger: at once, then within a second of each time it moves. It ends with the credential; ask again with the next one.",
    complexity: 1,
    subscribe: (_root, _args, { watch }) => watch(),
    resolve: (version) => version,
  }),
)
