import type { Database, TenantContext, Tx } from '@nobishiro/prisma'
import { ExpectedError } from '../shared/errors.ts'
import { Refused } from './answer.ts'

/** How long an answer is kept to be given again. */
export const KEPT_MS = 24 * 3_600_000

/** An answer as it is sent. */
export type Answer = { status: number; body: string }

type Once = { tenantId: string; key: string | undefined; requestSha256: string; now: Date }

const underWay = new Set<string>()

/** The header's key; undefined when there is none. */
export function idempotencyKey(headers: Headers): string | undefined {
  const key = headers.get('idempotency-key') ?? undefined
  if (key === undefined || /^[\x21-\x7e]{1,255}$/.test(key)) return key
  throw new ExpectedError('INVALID_INPUT', 'An Idempotency-Key is 1 to 255 printable ASCII characters without spaces.')
}

/**
 * Does the work of a key once, in one transaction with its answer: the same request again gets that answer byte for byte, another
 * request under the key is refused, and one that comes while the first is under way is told so.
 */
export async function once(db: Database, request: Once, work: (tx: Tx) => Promise<Answer>): Promise<Answer> {
  const context: TenantContext = { tenantId: request.tenantId, viewer: 'TENANT' }
  const { key } = request
  if (key === undefined) return db.withTenant(context, work, { timeoutMs: 120_000 })
  const place = `${request.tenantId} ${key}`
  if (underWay.has(place)) throw inFlight(key)
  underWay.add(place)
  try {
    return await db.withTenant(context, (tx) => keep(tx, { ...request, key }, work), { timeoutMs: 120_000 })
  } finally {
    underWay.delete(place)
  }
}

async function keep(
  tx: Tx,
  { tenantId, key, requestSha256, now }: Once & { key: string },
  work: (tx: Tx) => Promise<Answer>,
) {
  // Held until the transaction ends, so that another process knows too.
  const [lock] = await tx.$queryRaw<{ free: boolean }[]>`
    SELECT pg_try_advisory_xact_lock(hashtextextended(${`${tenantId} ${key}`}, 7021194)) AS free`
  if (!lock?.free) throw inFlight(key)
  const known = await tx.idempotentAnswer.findUnique({ where: { tenantId_key: { tenantId, key } } })
  if (known && known.expiresAt > now) {
    if (known.requestSha256 === requestSha256) return { status: known.status, body: known.body }
    throw new Refused(422, `The Idempotency-Key ${key} was used for another request. Take another key.`, 'CONFLICT')
  }
  const answer = await work(tx)
  await tx.idempotentAnswer.deleteMany({ where: { tenantId, OR: [{ key }, { expiresAt: { lte: now } }] } })
  await tx.idempotentAnswer.create({
    data: { tenantId, key, requestSha256, ...answer, expiresAt: new Date(now.getTime() + KEPT_MS) },
    select: { key: true },
  })
  return answer
}

const inFlight = (key: string) =>
  new ExpectedError(
    'CONFLICT',
    `A request with the Idempotency-Key ${key} is under way. Ask again when it has been answered.`,
  )
