import { Unreadable } from './unreadable.ts'

/** What a subscription is now, in the words of files. */
const WORDS = ['active', 'trial', 'paused', 'past_due', 'unpaid', 'ended'] as const
export type StatusWord = (typeof WORDS)[number]

/** Reads a status, in any case; words of other systems are named under "values" in the mapping. */
export function readStatus(text: string): StatusWord {
  const word = WORDS.find((known) => known === text.toLowerCase())
  if (word === undefined)
    throw new Unreadable(`one of ${WORDS.join(', ')}, or a word that "values" in the mapping knows`)
  return word
}
