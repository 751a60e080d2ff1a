import { canonicalJson, sha256 } from '../../../shared/canonical.ts'

type Content = Parameters<typeof canonicalJson>[0] & object

/** A row in its one canonical spelling, and the id under which the inbox knows it. */
export type Identity = { externalId: string; hash: string; raw: Uint8Array }

/** The same content under the same id is the same row, however its cells were spelled. */
export function identify(kind: string, id: string, content: Content): Identity {
  const text = canonicalJson(content)
  const hash = sha256(text).slice(0, 16)
  return { externalId: `${kind}/${id}/${hash}`, hash, raw: Buffer.from(text) }
}

/** Kind, id and hash of an inbox id; a row that came back to an earlier content carries the time of that after the hash. */
export function parseExternalId(externalId: string): { kind: string; id: string; hash: string } | null {
  const match = /^([a-z-]+)\/(.*)\/([0-9a-f]{16})(?:\/\d+)?$/s.exec(externalId)
  return match ? { kind: match[1] ?? '', id: match[2] ?? '', hash: match[3] ?? '' } : null
}
