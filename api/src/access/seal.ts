import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

const VERSION = 1
const IV_BYTES = 12
const TAG_BYTES = 16

/** Encrypts a secret for storage (AES-256-GCM). `purpose` binds it to its place: it opens nowhere else. */
export function seal(text: string, secret: string, purpose: string): Uint8Array<ArrayBuffer> {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', keyFrom(secret), iv).setAAD(Buffer.from(purpose))
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return new Uint8Array(Buffer.concat([Buffer.of(VERSION), iv, cipher.getAuthTag(), sealed]))
}

/** Opens what `seal` made; throws when the secret or the purpose differs or a bit was changed. */
export function unseal(sealed: Uint8Array, secret: string, purpose: string): string {
  const bytes = Buffer.from(sealed)
  if (bytes[0] !== VERSION) throw new Error('The sealed secret has an unknown version.')
  const iv = bytes.subarray(1, 1 + IV_BYTES)
  const tag = bytes.subarray(1 + IV_BYTES, 1 + IV_BYTES + TAG_BYTES)
  const cipher = createDecipheriv('aes-256-gcm', keyFrom(secret), iv, { authTagLength: TAG_BYTES })
  cipher.setAAD(Buffer.from(purpose)).setAuthTag(tag)
  return Buffer.concat([cipher.update(bytes.subarray(1 + IV_BYTES + TAG_BYTES)), cipher.final()]).toString('utf8')
}

function keyFrom(secret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', 'nobishiro/seal/1', 32))
}
