/** Work in steps of some ten milliseconds, between which others may be let in. */
export type Steps<Result> = Generator<void, Result>

/** All of it, without a pause. */
export function atOnce<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** All of it, waiting between two steps until it may go on. */
export async function inTurns<Result>(steps: Steps<Result>, turn: () => Promise<void>): Promise<Result> {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    await turn()
  }
}
