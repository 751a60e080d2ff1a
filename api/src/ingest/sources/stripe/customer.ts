import type { AccountEvent } from '../../event.ts'
import { type Cursor, field, instant, isObject, text } from './cursor.ts'
import { NotCounted } from './not-counted.ts'

/** A customer.created, .updated or .deleted event: who the account is. An email address is never used as a name. */
export function readCustomer(input: { kind: string; object: Cursor; at: string }): {
  account: string
  events: AccountEvent[]
} {
  const { kind, object, at } = input
  const account = text(field(object, 'id'))
  if (account === undefined) throw new NotCounted('The customer has no id.')
  const metadata = field(object, 'metadata')
  const region = text(field(field(object, 'address'), 'country')) ?? text(field(metadata, 'region'))
  const parent = text(field(metadata, 'parent'))
  const created = instant(field(object, 'created'))
  const event: AccountEvent = {
    type: 'account',
    account,
    at,
    name: text(field(object, 'name')) ?? text(field(metadata, 'name')) ?? account,
    ...(region === undefined ? {} : { region }),
    ...(parent === undefined ? {} : { parent }),
    ...(created === undefined ? {} : { signedUpOn: created.slice(0, 10) }),
    attributes: readAttributes(metadata),
    ...(kind === 'customer.deleted' ? { deleted: true } : {}),
  }
  return { account, events: [event] }
}

/** Metadata that says where the account belongs is not repeated as an attribute. */
const READ_ELSEWHERE = new Set(['name', 'region', 'parent'])

function readAttributes(metadata: Cursor): Record<string, string> {
  if (!isObject(metadata)) return {}
  const pairs = Object.entries(metadata.value as object) // seen to be an object
  return Object.fromEntries(
    pairs.filter((pair): pair is [string, string] => typeof pair[1] === 'string' && !READ_ELSEWHERE.has(pair[0])),
  )
}
