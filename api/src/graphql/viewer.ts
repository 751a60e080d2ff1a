import type { Principal } from '../access/principal.ts'
import { seesWholeTenant } from '../access/viewer.ts'

/** Sees some accounts alone, and of those nothing the vendor keeps to itself: a customer, a partner, a person with a book of accounts. */
export const isLimited = ({ viewer }: Principal): boolean => !seesWholeTenant(viewer)

/** A key of the vendor's own: what sessions and partners are not told. */
export const isOwnKey = (principal: Principal): boolean => principal.kind === 'KEY' && !isLimited(principal)
