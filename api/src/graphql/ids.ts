import { decodeGlobalID, encodeGlobalID } from '@pothos/plugin-relay'
import { ExpectedError } from '../shared/errors.ts'

type IdType =
  | 'Account'
  | 'Subscription'
  | 'SubscriptionItem'
  | 'Plan'
  | 'Product'
  | 'LedgerLine'
  | 'RevenueMovement'
  | 'Observation'
  | 'Segment'

/** What clients see instead of a key of ours. */
export function globalId(type: IdType, id: string): string {
  return encodeGlobalID(type, id)
}

/** The key inside a global id of this type; anything else names the argument that was wrong. */
export function localId(type: IdType, id: string, field: string): string {
  const parsed = parseGlobalId(id)
  if (parsed?.typename === type) return parsed.id
  const found = parsed ? `the id of a ${parsed.typename}` : 'not an id'
  throw new ExpectedError('INVALID_INPUT', `${field} is ${found}; it should be the id of a ${type}.`, field)
}

export function localIds(type: IdType, ids: readonly string[] | null | undefined, field: string): string[] | undefined {
  return ids?.map((id, index) => localId(type, id, `${field}[${index}]`))
}

/** Type and key of a global id, or undefined when it is none. */
export function parseGlobalId(id: string): { typename: string; id: string } | undefined {
  try {
    const parsed = decodeGlobalID(id)
    return encodeGlobalID(parsed.typename, parsed.id) === id ? parsed : undefined
  } catch {
    return undefined
  }
}
