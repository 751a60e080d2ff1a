import { parseGlobalId } from './ids.ts'

/** Fields of a request for a session that name something, and what. */
const NAMED: Readonly<Record<string, string>> = {
  accountIds: 'Account',
  segmentIds: 'Segment',
  planId: 'Plan',
  productId: 'Product',
}
const NESTED = ['filters', 'all', 'any', 'not']
/** Rules nest less deep; whatever is deeper is refused where it is checked. */
const DEEPEST = 10

/** A request for a session with our own ids where it has global ones; all else as it was sent. */
export function withOwnIds(request: unknown, depth = 0): unknown {
  if (Array.isArray(request)) return request.map((one) => withOwnIds(one, depth))
  if (typeof request !== 'object' || request === null || depth > DEEPEST) return request
  const fields = Object.entries(request).map(([name, value]: [string, unknown]) => {
    const type = NAMED[name]
    if (type !== undefined && Array.isArray(value)) return [name, value.map((id: unknown) => ownId(id, type))]
    return [name, NESTED.includes(name) ? withOwnIds(value, depth + 1) : value]
  })
  return Object.fromEntries(fields)
}

/** Our own ids for global ones of a type; all else as it was sent. */
export const ownIds = (ids: readonly string[], type: string): string[] => ids.map((id) => ownId(id, type) as string) // texts stay texts

function ownId(id: unknown, type: string): unknown {
  const parsed = typeof id === 'string' ? parseGlobalId(id) : undefined
  return parsed?.typename === type ? parsed.id : id
}
