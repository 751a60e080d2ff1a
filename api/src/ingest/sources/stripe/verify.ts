import { createHmac, timingSafeEqual } from 'node:crypto'
import { ExpectedError } from '../../../shared/errors.ts'

/** How far a signature's time may lie from now, to either side. */
export const TOLERANCE_SECONDS = 300

/** A webhook that was not signed by one of the source's secrets just now. */
export class SignatureError extends ExpectedError {
  override readonly name = 'SignatureError'

  constructor(message: string) {
    super('UNAUTHENTICATED', message)
  }
}

/**
 * Checks a Stripe-Signature header against the bytes as received; throws a SignatureError.
 * Stripe's own library looks at decoded text and accepts any time in the future, so it is not used here.
 */
export function verifySignature(input: {
  raw: Uint8Array
  header: string | null | undefined
  /** Every secret that is valid now: two while one is being rotated. */
  secrets: readonly string[]
  /** Milliseconds since 1970. */
  now: number
}): void {
  if (!input.header) throw new SignatureError('The Stripe-Signature header is missing.')
  const { timestamp, signatures } = readHeader(input.header)
  const secrets = input.secrets.filter((secret) => secret.length > 0)
  const expected = secrets.map((secret) => sign({ raw: input.raw, secret, timestamp }))
  if (!expected.some((wanted) => signatures.some((given) => equal(wanted, given)))) {
    throw new SignatureError('No signature in the Stripe-Signature header fits this body and the secret of the source.')
  }
  const seconds = Math.abs(input.now / 1000 - Number(timestamp))
  if (seconds > TOLERANCE_SECONDS) {
    throw new SignatureError(`The signature's time is ${Math.round(seconds)} s away; accepted: ${TOLERANCE_SECONDS} s.`)
  }
}

/** The header that Stripe would send for a body; used by tests and the demo vendor. */
export function signatureHeader(input: { raw: Uint8Array; secret: string; now: number }): string {
  const timestamp = String(Math.floor(input.now / 1000))
  return `t=${timestamp},v1=${sign({ ...input, timestamp }).toString('hex')}`
}

function readHeader(header: string): { timestamp: string; signatures: Buffer[] } {
  const pairs = header.split(',').map((part) => part.trim().split('=', 2))
  const timestamps = pairs.filter(([key]) => key === 't').map(([, value]) => value ?? '')
  const [timestamp] = timestamps
  if (timestamp === undefined || timestamps.length > 1 || !/^\d{1,12}$/.test(timestamp)) {
    throw new SignatureError('The Stripe-Signature header has no time "t=<seconds>".')
  }
  const signatures = pairs
    .filter(([key, value]) => key === 'v1' && value !== undefined && /^[0-9a-f]{64}$/.test(value))
    .map(([, value]) => Buffer.from(value ?? '', 'hex'))
  if (signatures.length === 0) throw new SignatureError('The Stripe-Signature header has no "v1" signature.')
  return { timestamp, signatures }
}

function sign(input: { raw: Uint8Array; secret: string; timestamp: string }): Buffer {
  return createHmac('sha256', input.secret).update(`${input.timestamp}.`).update(input.raw).digest()
}

function equal(wanted: Buffer, given: Buffer): boolean {
  return wanted.length === given.length && timingSafeEqual(wanted, given)
}
