import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { Principal } from '../access/principal.ts'

/** What an answer follows from, beside the facts of a version. */
export type Question = {
  principal: Principal
  /** The body of the request. */
  params: object
  /** Media types that are accepted. */
  accept: string | null
  now: Date
}

/** The data of an answer as it was sent, and the tag that names it. */
export type KeptAnswer = { data: string; etag: string; contentType: string }

export type KeptAnswers = {
  find(tenantVersion: bigint, question: string): KeptAnswer | undefined
  keep(tenantVersion: bigint, question: string, answer: Omit<KeptAnswer, 'etag'>): KeptAnswer
}

const MAX_BYTES = 64 * 1024 * 1024
const MAX_ANSWER_BYTES = 2 * 1024 * 1024
/** In every time zone a new day begins on one of these. */
const QUARTER_OF_AN_HOUR_MS = 15 * 60_000

/** Answers that follow from facts alone, by the version of the facts and all that was asked, longest unused let go first. */
export function createKeptAnswers(): KeptAnswers {
  const answers = new LRUCache<string, KeptAnswer>({
    maxSize: MAX_BYTES,
    maxEntrySize: MAX_ANSWER_BYTES,
    sizeCalculation: ({ data }, key) => 2 * (data.length + key.length) + 200,
  })
  const keyOf = (version: bigint, question: string) => `${version} ${question}`
  return {
    find: (version, question) => answers.get(keyOf(version, question)),
    keep(version, question, answer) {
      const kept = { ...answer, etag: `W/"${version}-${digest(answer.data).slice(0, 22)}"` }
      answers.set(keyOf(version, question), kept)
      return kept
    },
  }
}

/** A name for all that an answer follows from; two questions with the same name have the same answer. */
export function nameOf({ principal, now, ...asked }: Question): string {
  const quarter = Math.floor(now.getTime() / QUARTER_OF_AN_HOUR_MS)
  return digest(JSON.stringify([eyesOf(principal), quarter, asked]))
}

/** All of a principal that an answer may follow from: what is added to it later counts until it is named here. */
function eyesOf(principal: Principal): object {
  if (principal.kind === 'KEY') {
    const { id: _id, expiresAt: _expiresAt, ...eyes } = principal
    return eyes
  }
  const { id: _id, expiresAt: _expiresAt, origins: _origins, ...eyes } = principal
  return eyes
}

const digest = (text: string) => createHash('sha256').update(text).digest('base64url')
