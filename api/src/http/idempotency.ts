import { type Database, joined, type TenantContext } from '@nobishiro/prisma'
import { ExpectedError } from '../shared/errors.ts'
import { Refused } from './answer.ts'
import { type Answer, findAnswer, keepAnswer, type Request } from './kept-requests.ts'

type Once = Omit<Request, 'key'> & {
  key: string | undefined
  /** Deadline of the work. */
  timeoutMs?: number
}

const underWay = new Set<string>()

/** The header's key; undefined when there is none. */
export function idempotencyKey(headers: Headers): string | undefined {
  const key = headers.get('idempotency-key') ?? undefined
  if (key === undefined || /^[\x21-\x7e]{1,255}$/.test(key)) return key
  throw new ExpectedError('INVALID_INPUT', 'An Idempotency-Key is 1 to 255 printable ASCII characters without spaces.')
}

/** Thrown by work that answers without having done anything: what it began is taken back, and the same request may be tried again. */
export class NothingDone extends Error {
  constructor(readonly answer: Answer) {
    super('Nothing was done')
  }
}

/**
 * Does the work of a key once, in one transaction with its answer: the same request again gets that answer byte for byte, another
 * request under the key is refused, and one that comes while the first is under way is told so. All of the work goes through the door
 * that it is given.
 */
export async function once(
  db: Database,
  { key, timeoutMs = 120_000, ...request }: Once,
  work: (inside: Database) => Promise<Answer>,
): Promise<Answer> {
  const context: TenantContext = { tenantId: request.tenantId, viewer: 'TENANT' }
  if (key === undefined) return db.withTenant(context, (tx) => work(joined(db, context, tx)), { timeoutMs })
  const place = `${request.tenantId} ${key}`
  if (underWay.has(place)) throw inFlight(key)
  underWay.add(place)
  try {
    return await db.withTenant(
      context,
      async (tx) => {
        // Held until the transaction ends, so that another process knows too.
        const [lock] = await tx.$queryRaw<{ free: boolean }[]>`
          SELECT pg_try_advisory_xact_lock(hashtextextended(${place}, 7021194)) AS free`
        if (!lock?.free) throw inFlight(key)
        const known = await findAnswer(tx, { ...request, key })
        if (known === 'OTHER')
          throw new Refused(
            422,
            `The Idempotency-Key ${key} was used for another request. Take another key.`,
            'CONFLICT',
          )
        if (known) return known
        const answer = await work(joined(db, context, tx))
        await keepAnswer(tx, { ...request, key }, answer)
        return answer
      },
      { timeoutMs },
    )
  } catch (error) {
    if (error instanceof NothingDone) return error.answer
    throw error
  } finally {
    underWay.delete(place)
  }
}

const inFlight = (key: string) =>
  new ExpectedError(
    'CONFLICT',
    `A request with the Idempotency-Key ${key} is under way. Ask again when it has been answered.`,
  )
