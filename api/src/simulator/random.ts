import { sha256 } from '../shared/canonical.ts'

/** A repeatable stream of chance. Streams of different keys are independent, so one may grow without moving another. */
export type Random = {
  /** From 0 up to, but not, 1. */
  next(): number
  /** A number in [low, high). */
  between(low: number, high: number): number
  /** A whole number from low to high, both included. */
  whole(low: number, high: number): number
  chance(probability: number): boolean
  /** One of the list; a weight of 2 is twice as likely as 1. */
  weighted<T>(list: readonly (readonly [T, number])[]): T
}

/** The stream of a seed and a key. */
export function randomOf(seed: string, key: string): Random {
  const next = sfc32(sha256(`${seed}\n${key}`))
  const between = (low: number, high: number) => low + next() * (high - low)
  const whole = (low: number, high: number) => low + Math.floor(next() * (high - low + 1))
  return {
    next,
    between,
    whole,
    chance: (probability) => next() < probability,
    weighted: (list) => weighted(next, list),
  }
}

/** An id as Stripe writes them: a prefix and letters and digits that depend on seed and key only. */
export function stripeId(prefix: string, length: number, seed: string, key: string): string {
  let digits = BigInt(`0x${sha256(`${seed}\n${prefix}\n${key}`)}`)
  let id = ''
  while (id.length < length) {
    id += ALPHABET[Number(digits % 62n)]
    digits /= 62n
  }
  return `${prefix}_${id}`
}

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

function weighted<T>(next: () => number, list: readonly (readonly [T, number])[]): T {
  const total = list.reduce((sum, [, weight]) => sum + weight, 0)
  let left = next() * total
  for (const [value, weight] of list) {
    left -= weight
    if (left < 0) return value
  }
  const last = list.at(-1)
  if (!last) throw new RangeError('There is nothing to choose from')
  return last[0]
}

/** Small fast counter of Chris Doty-Humphrey: 128 bits of state from the hash, whole-number steps only. */
function sfc32(hash: string): () => number {
  const word = (index: number) => Number.parseInt(hash.slice(index * 8, index * 8 + 8), 16) | 0
  let [a, b, c, d] = [word(0), word(1), word(2), word(3)]
  return () => {
    const sum = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + sum) | 0
    return (sum >>> 0) / 4_294_967_296
  }
}
