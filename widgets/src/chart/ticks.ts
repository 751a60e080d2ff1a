const STEPS = [1, 2, 2.5, 5, 10]

/** The round step that divides a span into at most `count` parts. */
export function niceStep(span: number, count: number): number {
  if (span <= 0) return 1
  const rough = span / count
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = STEPS.find((candidate) => candidate * power >= rough * (1 - 1e-9)) ?? 10
  return step * power
}

/** Round ticks from 0 to the first that is not below `max`. Whole numbers for counts. */
export function ticksFromZero(max: number, count: number): number[] {
  const step = Math.max(1, Math.ceil(niceStep(max, count)))
  const last = Math.max(1, Math.ceil(max / step - 1e-9))
  return Array.from({ length: last + 1 }, (_, index) => index * step)
}
