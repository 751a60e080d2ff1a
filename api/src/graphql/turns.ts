/** Questions that take long enough to keep others waiting, let through one at a time. */
export type Turns = {
  /** Resolves when it is the tenant's turn. What runs then until it waits for something is one turn. */
  take(tenantId: string): Promise<void>
}

/**
 * One question of a large tenant in each turn of the event loop, and tenants in rotation: between two of them everything else gets to
 * run, and a tenant that asks a hundred at once waits for itself alone. A queue of our own, since libraries for limiting concurrency
 * count promises that are pending, while a question holds the loop until it is answered.
 */
export function createTurns(next: (run: () => void) => void = setImmediate): Turns {
  /** In the order in which their turn comes. */
  const waiting = new Map<string, (() => void)[]>()
  let isRunning = false

  function run(): void {
    const [first] = waiting
    if (first === undefined) {
      isRunning = false
      return
    }
    const [tenantId, [start, ...later]] = first
    waiting.delete(tenantId)
    if (later.length > 0) waiting.set(tenantId, later)
    next(run)
    start?.()
  }

  return {
    take(tenantId) {
      return new Promise((start) => {
        waiting.set(tenantId, [...(waiting.get(tenantId) ?? []), start])
        if (isRunning) return
        isRunning = true
        next(run)
      })
    },
  }
}
