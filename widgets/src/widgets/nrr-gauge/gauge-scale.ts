/** Degrees from twelve o'clock to either end of the arc. */
export const SWEEP = 120

const FIRST = [1.5, 2, 3, 5, 10]

/** The right end of the arc: the first of 150, 200, 300, 500, 1,000, 2,000 … % that holds the largest value. */
export function gaugeMax(largest: number): number {
  for (let power = 1; ; power *= 10) {
    const steps = power === 1 ? FIRST : [2 * power, 5 * power, 10 * power]
    const found = steps.find((step) => largest <= step)
    if (found !== undefined) return found
  }
}

/** Degrees from twelve o'clock, where 100 % is: 0 to 100 % on the left half, 100 % to the maximum on the right. */
export function gaugeAngle(ratio: number, max: number): number {
  return ratio <= 1 ? (Math.max(0, ratio) - 1) * SWEEP : ((ratio - 1) / (max - 1)) * SWEEP
}
