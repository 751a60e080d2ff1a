import type { TenantContext } from '@nobishiro/prisma'
import type { Capability } from './capabilities.ts'

export const KEY_SCOPES = ['read', 'ingest', 'embed:create', 'admin'] as const
export type KeyScope = (typeof KEY_SCOPES)[number]

/** Who is calling, as proven by a credential. */
export type Principal = KeyPrincipal | SessionPrincipal

export type KeyPrincipal = {
  kind: 'KEY'
  tenantId: string
  id: string
  scopes: readonly KeyScope[]
  expiresAt: Date | null
}

export type SessionPrincipal = {
  kind: 'SESSION'
  tenantId: string
  id: string
  /** Accounts an ACCOUNT viewer is limited to; null for a TENANT viewer. */
  accountIds: readonly string[] | null
  capabilities: readonly Capability[]
  origins: readonly string[]
  expiresAt: Date
}

/** What the caller may see: the context of every transaction made for them. */
export function viewerContext(principal: Principal): TenantContext {
  const { tenantId } = principal
  if (principal.kind === 'KEY' || principal.accountIds === null) return { tenantId, viewer: 'TENANT' }
  return { tenantId, viewer: 'ACCOUNT', accountIds: principal.accountIds }
}

/** `admin` includes every other scope; sessions only read. */
export function hasScope(principal: Principal, scope: KeyScope): boolean {
  if (principal.kind === 'SESSION') return scope === 'read'
  return principal.scopes.includes(scope) || principal.scopes.includes('admin')
}

/** Keys may do all that reading allows; a session what it was minted for. */
export function hasCapability(principal: Principal, capability: Capability): boolean {
  return principal.kind === 'KEY' || principal.capabilities.includes(capability)
}
