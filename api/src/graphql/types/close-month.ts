import { firstDayOf } from '../../facts/month.ts'
import { type ClosedMonth as Closed, closeMonth } from '../../ledger/close-month.ts'
import { builder } from '../builder.ts'
import { firstOfMonth } from '../fact-args.ts'

const ClosedMonth = builder.objectRef<Closed>('ClosedMonth').implement({
  description: 'A month that was closed.',
  fields: (t) => ({
    month: t.field({ type: 'Date', description: 'First day of the month.', resolve: ({ month }) => `${month}-01` }),
    closedAt: t.expose('closedAt', {
      type: 'DateTime',
      description: 'When: asOf this instant gives the figures as they were reported.',
    }),
    version: t.expose('version', { type: 'BigInt', description: 'Ledger version that it was closed with.' }),
    reason: t.exposeString('reason', { nullable: true, description: 'What was said about it; null when nothing was.' }),
  }),
})

builder.mutationField('closeMonth', (t) =>
  t.field({
    type: ClosedMonth,
    description:
      'Closes a month that is over, and every month before it that is still open: what is recorded afterwards and counts in it restates it. Closing a month again accepts what has changed. With an admin key.',
    authScopes: { scope: 'admin' },
    args: {
      month: t.arg({ type: 'Date', required: true, description: 'First day of the month.' }),
      reason: t.arg.string({ description: 'For whoever asks later.' }),
    },
    complexity: 10,
    resolve: (_root, { month, reason }, { db, principal: { tenantId }, now }) =>
      closeMonth(
        db,
        { tenantId, now },
        { month: firstDayOf(firstOfMonth(month, 'month')).slice(0, 7), reason: reason ?? null },
      ),
  }),
)
