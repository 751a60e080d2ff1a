import { documents as v010 } from './generated/v0-1-0.ts'

/** What every version of the SDK asks that this server answers, by version: pages that were built earlier go on. */
export const released: Readonly<Record<string, Readonly<Record<string, string>>>> = { '0.1.0': v010 }

const texts = new Map(Object.values(released).flatMap((documents) => Object.entries(documents)))

/** The text of a document of the SDK, by its SHA-256 in hexadecimal digits. */
export const releasedDocument = (sha256: string): string | undefined => texts.get(sha256)
