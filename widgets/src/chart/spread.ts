/** Moves labels apart to at least `gap`, each as near to its wish as that allows, all within [min, max]. */
export function spread(wishes: readonly number[], gap: number, [min, max]: readonly [number, number]): number[] {
  const order = wishes.map((_, index) => index).sort((a, b) => (wishes[a] ?? 0) - (wishes[b] ?? 0))
  const placed: number[] = [...wishes]
  let floor = min
  for (const index of order) {
    placed[index] = Math.max(wishes[index] ?? 0, floor)
    floor = (placed[index] ?? 0) + gap
  }
  let ceiling = max
  for (const index of order.reverse()) {
    placed[index] = Math.min(placed[index] ?? 0, ceiling)
    ceiling = (placed[index] ?? 0) - gap
  }
  return placed
}
