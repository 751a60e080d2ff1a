import type { Tx } from '@nobishiro/prisma'
import { seal, unseal } from '../access/seal.ts'
import { ExpectedError } from '../shared/errors.ts'

/** How long an answer is kept to be given again. */
const KEPT_MS = 24 * 3_600_000

/** An answer as it is sent. */
export type Answer = { status: number; body: string; contentType?: string }

export type Request = {
  tenantId: string
  key: string
  requestSha256: string
  now: Date
  /** Seals the answer where it may show a secret; without one it lies in clear. */
  secret?: string
}

/** What a key was answered; 'OTHER' where that was to another request. */
export async function findAnswer(
  tx: Tx,
  { tenantId, key, requestSha256, now, secret }: Request,
): Promise<Answer | 'OTHER' | undefined> {
  const known = await tx.idempotentAnswer.findUnique({ where: { tenantId_key: { tenantId, key } } })
  if (!known || known.expiresAt <= now) return undefined
  if (known.requestSha256 !== requestSha256) return 'OTHER'
  const { status, contentType, sealed } = known
  return { status, contentType, body: sealed ? open(sealed, secret, { tenantId, key }) : known.body }
}

export async function keepAnswer(
  tx: Tx,
  { tenantId, key, requestSha256, now, secret }: Request,
  { status, body, contentType = 'application/json' }: Answer,
): Promise<void> {
  await tx.idempotentAnswer.deleteMany({ where: { tenantId, OR: [{ key }, { expiresAt: { lte: now } }] } })
  const kept = secret === undefined ? { body } : { body: '', sealed: seal(body, secret, purposeOf({ tenantId, key })) }
  const expiresAt = new Date(now.getTime() + KEPT_MS)
  await tx.idempotentAnswer.create({
    data: { tenantId, key, requestSha256, status, contentType, ...kept, expiresAt },
    select: { key: true },
  })
}

type Place = Pick<Request, 'tenantId' | 'key'>

const purposeOf = ({ tenantId, key }: Place) => `answer:${tenantId}.${key}`

/** Fails closed: what was done is not done again because its answer cannot be read. */
function open(sealed: Uint8Array, secret: string | undefined, place: Place): string {
  try {
    return unseal(sealed, secret ?? '', purposeOf(place))
  } catch {
    throw new ExpectedError(
      'CONFLICT',
      `The request with the Idempotency-Key ${place.key} was done, but its answer was sealed with another NOBISHIRO_SECRET. Look at what there is before you send it under another key.`,
    )
  }
}
