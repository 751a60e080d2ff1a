import { type LookupAddress, lookup as resolve } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'

/** Answers with the credentials of machines of one cloud, though it lies among public addresses. */
const METADATA = new Set(['168.63.129.16'])

/** Whether an IP address is one of the public internet: not private, loopback, link-local, reserved, a tunnel, or one of metadata. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  const plain = ipaddr.process(address) // ::ffff:10.0.0.1 is 10.0.0.1
  return plain.range() === 'unicast' && !METADATA.has(plain.toString())
}

/** The address is not one that may be sent to. */
export class PrivateAddressError extends Error {
  constructor(name: string) {
    super(`${name} does not lead to a public address`)
  }
}

/**
 * Looks a name up for a connection that is about to be made, and refuses it where any of its addresses is not public: what is checked is what is
 * connected to, whatever the name said before.
 */
export const publicLookup: LookupFunction = (hostname, options, done) =>
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    const found = addresses as LookupAddress[] // `all` asks for a list; undefined beside an error
    if (error) return done(error, '')
    if (found.length === 0 || found.some(({ address }) => !isPublicAddress(address)))
      return done(new PrivateAddressError(hostname), '')
    const [{ address, family } = { address: '', family: 0 }] = found
    return options.all ? done(null, found) : done(null, address, family)
  })

/** Names that are addresses are connected to without being looked up. */
export function refusePrivateLiteral({ hostname }: URL): void {
  const bare = hostname.replace(/^\[|\]$/g, '')
  if (isIP(bare) !== 0 && !isPublicAddress(bare)) throw new PrivateAddressError(bare)
}
