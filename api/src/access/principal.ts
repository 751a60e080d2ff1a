import type { Capability } from './capabilities.ts'
import { seesWholeTenant, type Viewer } from './viewer.ts'

export const KEY_SCOPES = ['read', 'ingest', 'embed:create', 'admin'] as const
export type KeyScope = (typeof KEY_SCOPES)[number]
/** What a key of somebody who does not see the whole tenant may have at most. */
export const PARTNER_SCOPES: readonly KeyScope[] = ['read', 'embed:create']

/** Who is calling, as proven by a credential. */
export type Principal = KeyPrincipal | SessionPrincipal

export type KeyPrincipal = {
  kind: 'KEY'
  tenantId: string
  id: string
  viewer: Viewer
  scopes: readonly KeyScope[]
  expiresAt: Date | null
}

export type SessionPrincipal = {
  kind: 'SESSION'
  tenantId: string
  id: string
  viewer: Viewer
  capabilities: readonly Capability[]
  origins: readonly string[]
  expiresAt: Date
}

/** Who asks for a session. */
export const issuerOf = ({ tenantId, id, viewer }: Principal) => ({ tenantId, keyId: id, viewer })

/** `admin` includes every other scope, of the vendor's own keys; sessions only read. */
export function hasScope(principal: Principal, scope: KeyScope): boolean {
  if (principal.kind === 'SESSION') return scope === 'read'
  if (!seesWholeTenant(principal.viewer)) return PARTNER_SCOPES.includes(scope) && principal.scopes.includes(scope)
  return principal.scopes.includes(scope) || principal.scopes.includes('admin')
}

/** Keys may do all that reading allows; a session what it was minted for. What the vendor spends is of the whole tenant. */
export function hasCapability({ viewer, ...principal }: Principal, capability: Capability): boolean {
  if (capability === 'costs' && !seesWholeTenant(viewer)) return false
  return principal.kind === 'KEY' || principal.capabilities.includes(capability)
}
