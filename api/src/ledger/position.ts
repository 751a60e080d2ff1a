/** Where an event stands in the total order. */
export type Position = { at: string; rank: number; sourceEvent: string }

export function inOrder(a: Position, b: Position): number {
  return compare(a.at, b.at) || a.rank - b.rank || compare(a.sourceEvent, b.sourceEvent)
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
