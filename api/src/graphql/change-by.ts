import type { Change } from '../access/audit.ts'
import type { Context } from './context.ts'

/** A change of access as the audit log says it: by the key that asks. */
export const changeBy = ({ principal, now }: Pick<Context, 'principal' | 'now'>): Change => ({
  tenantId: principal.tenantId,
  by: `${principal.kind.toLowerCase()}:${principal.id}`,
  now,
})
