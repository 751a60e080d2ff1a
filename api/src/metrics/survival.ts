/** Who is at risk at each time, and to whom it happens: two groups that may be entered and left. Lists are by time, 0 first. */
export type RiskTable = { atRisk: [Float64Array, Float64Array]; events: [Float64Array, Float64Array] }

export const riskTable = (times: number): RiskTable => ({
  atRisk: [new Float64Array(times), new Float64Array(times)],
  events: [new Float64Array(times), new Float64Array(times)],
})

export type Curve = {
  /** Time from which on there are enough at risk; null where there never are. */
  from: number | null
  survival: (number | null)[]
  lower: (number | null)[]
  upper: (number | null)[]
}

/** Fewer at risk say nothing. */
export const FEWEST = 10
/** Of the normal distribution, for 95 %. */
const Z = 1.959963984540054

/**
 * Simon and Makuch: the product-limit estimate over those who are in a group at each time, from the first time on at which there are
 * enough. Band: Greenwood's variance on the log-log scale. Null at times with fewer at risk.
 */
export function simonMakuch({ atRisk, events }: RiskTable, group: 0 | 1, fewest = FEWEST): Curve {
  const [risk, happened] = [atRisk[group], events[group]]
  const begin = risk.findIndex((count) => count >= fewest)
  const curve: Curve = { from: begin < 0 ? null : begin, survival: [], lower: [], upper: [] }
  let survival = 1
  let variance = 0
  for (let time = 0; time < risk.length; time += 1) {
    const [count, lost] = [risk[time]!, happened[time]!]
    if (begin >= 0 && time >= begin && count > 0) {
      survival *= (count - lost) / count
      variance += count > lost ? lost / (count * (count - lost)) : Number.POSITIVE_INFINITY
    }
    const isShown = begin >= 0 && time >= begin && count >= fewest
    const [lower, upper] = band(survival, variance)
    curve.survival.push(isShown ? survival : null)
    curve.lower.push(isShown ? lower : null)
    curve.upper.push(isShown ? upper : null)
  }
  return curve
}

/** At 1 nothing has happened yet, and at 0 everything: there is no band. */
function band(survival: number, variance: number): [number | null, number | null] {
  if (survival === 1 || survival === 0) return [null, null]
  const spread = Math.exp((Z * Math.sqrt(variance)) / Math.log(survival))
  return [survival ** (1 / spread), survival ** spread]
}

export type GroupTest = {
  /** Events in group 1, what they would be without a difference, and the variance of that. */
  observed: number
  expected: number
  variance: number
  /** Null where no time tells the groups apart. */
  chiSquare: number | null
  pValue: number | null
}

/** Mantel and Byar: the log-rank test with each subject in the group that it is in at each time. One degree of freedom. */
export function mantelByar({ atRisk: [others, members], events: [first, second] }: RiskTable): GroupTest {
  let [observed, expected, variance] = [0, 0, 0]
  for (let time = 0; time < others.length; time += 1) {
    const [size, lost] = [others[time]! + members[time]!, first[time]! + second[time]!]
    if (size === 0) continue
    observed += second[time]!
    expected += (lost * members[time]!) / size
    if (size > 1) variance += (others[time]! * members[time]! * lost * (size - lost)) / (size * size * (size - 1))
  }
  if (variance === 0) return { observed, expected, variance, chiSquare: null, pValue: null }
  const chiSquare = (observed - expected) ** 2 / variance
  return { observed, expected, variance, chiSquare, pValue: complementaryError(Math.sqrt(chiSquare / 2)) }
}

/** erfc(x) of x >= 0: a series where it is quick, a continued fraction where that is. */
function complementaryError(x: number): number {
  if (x < 2) {
    let [term, sum] = [x, x]
    for (let n = 1; Math.abs(term) > 1e-17 * sum; n += 1) {
      term *= (-x * x) / n
      sum += term / (2 * n + 1)
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * sum
  }
  let fraction = 0
  for (let n = 80; n >= 1; n -= 1) fraction = n / 2 / (x + fraction)
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + fraction)
}
