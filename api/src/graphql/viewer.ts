import type { Principal } from '../access/principal.ts'

/** A customer of the tenant: sees its own accounts, and of those nothing the vendor keeps to itself. */
export function isAccountViewer(principal: Principal): boolean {
  return principal.kind === 'SESSION' && principal.accountIds !== null
}
