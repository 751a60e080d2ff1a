import { floorDivide } from '../shared/rational.ts'

/** Splits a total by weights with the largest remainder: whole numbers that sum to the total. */
export function shareOut(total: bigint, weights: readonly bigint[]): bigint[] {
  const sum = weights.reduce((a, b) => a + b, 0n)
  if (sum === 0n) return weights.map((_, index) => (index === 0 ? total : 0n))
  const shares = weights.map((weight) => floorDivide(total * weight, sum))
  const remainders = weights.map((weight, index) => ({
    index,
    remainder: total * weight - (shares[index] ?? 0n) * sum,
  }))
  remainders.sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1))
  let left = total - shares.reduce((a, b) => a + b, 0n)
  for (const { index } of remainders) {
    if (left === 0n) break
    shares[index] = (shares[index] ?? 0n) + 1n
    left -= 1n
  }
  return shares
}
