import type { Database } from '@nobishiro/prisma'
import type { Trace } from '../shared/trace.ts'

/** The same door, each of whose transactions is a span. */
export const tracedDatabase = (db: Database, trace: Trace): Database => ({
  ...db,
  withTenant: (context, work, options) =>
    trace(
      {
        name: 'transaction',
        attributes: () => ({ 'db.system.name': 'postgresql', 'nobishiro.viewer': context.viewer }),
      },
      () => db.withTenant(context, work, options),
    ),
})
