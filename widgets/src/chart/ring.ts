/** A point at a radius and an angle in degrees, clockwise from twelve o'clock. */
export function polar(cx: number, cy: number, radius: number, degrees: number): [number, number] {
  const radians = (degrees * Math.PI) / 180
  return [round(cx + radius * Math.sin(radians)), round(cy - radius * Math.cos(radians))]
}

const round = (value: number) => Math.round(value * 100) / 100

export interface Ring {
  cx: number
  cy: number
  inner: number
  outer: number
}

/** Path of a part of a ring between two angles. */
export function ringPath({ cx, cy, inner, outer }: Ring, from: number, to: number): string {
  const large = Math.abs(to - from) > 180 ? 1 : 0
  const [startX, startY] = polar(cx, cy, outer, from)
  const [endX, endY] = polar(cx, cy, outer, to)
  const [backX, backY] = polar(cx, cy, inner, to)
  const [closeX, closeY] = polar(cx, cy, inner, from)
  return `M${startX} ${startY}A${outer} ${outer} 0 ${large} 1 ${endX} ${endY}L${backX} ${backY}A${inner} ${inner} 0 ${large} 0 ${closeX} ${closeY}Z`
}
