import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PayloadError } from '../../../ingest/payload/payload-error.ts'
import type { Received } from '../../../ingest/received.ts'
import { readStripe } from '../../../ingest/sources/stripe/stripe.ts'
import { root } from '../../../testing/root.ts'

type Fields = Record<string, unknown>

const fixtureFolder = join(root, '../shared/data/stripe-events')
/** Absent data skips what needs it, except in CI, where it fails. */
export const fixturesAreAbsent = !existsSync(fixtureFolder) && !process.env['CI']

/** Events that carry an object which stands bare in a file. */
const KINDS: Record<string, string> = {
  customer: 'customer.updated',
  subscription: 'customer.subscription.updated',
  price: 'price.updated',
  plan: 'plan.updated',
  product: 'product.updated',
}

/** Every published webhook, and every published object we count as the webhook that would carry it; each with an id of its own. */
export function fixtureDeliveries(): Received[] {
  const files = readdirSync(fixtureFolder, { recursive: true, encoding: 'utf8' })
  const documents = files
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => JSON.parse(readFileSync(join(fixtureFolder, file), 'utf8')) as Fields)
  const events = documents.flatMap((document) => (document['object'] === 'event' ? [document] : carried(document)))
  return events.flatMap((event, index) =>
    readable({ created: 1_700_000_000 + index, ...event, id: `evt_fixture_${index}` }),
  )
}

function carried(document: Fields): Fields[] {
  return objectsIn(document).flatMap((object) => {
    const type = KINDS[String(object['object'])]
    if (!type) return []
    const created = typeof object['created'] === 'number' ? { created: object['created'] } : {}
    return [{ object: 'event', type, ...created, data: { object } }]
  })
}

function objectsIn(value: unknown): Fields[] {
  if (value === null || typeof value !== 'object') return []
  return [...(Array.isArray(value) ? [] : [value as Fields]), ...Object.values(value).flatMap(objectsIn)]
}

/** What the door would refuse never reaches the inbox. */
function readable(event: Fields): Received[] {
  try {
    return [readStripe(new TextEncoder().encode(JSON.stringify(event)), 'stripe')]
  } catch (error) {
    if (error instanceof PayloadError) return []
    throw error
  }
}
