import { errorOf } from './error-of.ts'
import { NobishiroError } from './errors.ts'
import type { Operation } from './request.ts'
import { type SendOptions, send } from './send.ts'
import { unlessAborted, whenAllAborted } from './wait.ts'

type Answer = { data: unknown }
type Send = (token: string, operation: Operation, signal?: AbortSignal) => Promise<Answer>

interface Waiting {
  operation: Operation
  signal: AbortSignal | undefined
  resolve: (answer: Answer | PromiseLike<Answer>) => void
  reject: (reason: unknown) => void
}

/** What a server takes in one request. */
const most = 20

/** Operations that are asked for in one turn travel as one request, and each gets its own answer or fault. */
export function together(options: SendOptions): Send {
  let waiting: Waiting[] = []

  async function dispatch(token: string, asked: Waiting[]): Promise<void> {
    const alone = ({ operation, signal, resolve }: Waiting) => resolve(send(options, token, operation, signal))
    if (asked.length < 2) return asked.forEach(alone)
    const operations = asked.map(({ operation }) => operation)
    try {
      const answers = await send<Answer[]>(
        options,
        token,
        operations,
        whenAllAborted(asked.map(({ signal }) => signal)),
      )
      asked.forEach(({ resolve, reject }, place) => {
        const error = errorOf(answers[place])
        if (error) reject(error)
        else resolve(answers[place] as Answer) // one for each, in order
      })
    } catch (error) {
      // The list was refused, and maybe none of what is in it: it is too long, or the server is of an older version.
      if (error instanceof NobishiroError && error.code === 'INVALID_INPUT') asked.forEach(alone)
      else for (const { reject } of asked) reject(error)
    }
  }

  return (token, operation, signal) =>
    unlessAborted(
      new Promise((resolve, reject) => {
        if (waiting.push({ operation, signal, resolve, reject }) > 1) return
        setTimeout(() => {
          const asked = waiting.filter((one) => !one.signal?.aborted)
          waiting = []
          for (let first = 0; first < asked.length; first += most)
            void dispatch(token, asked.slice(first, first + most))
        })
      }),
      signal,
    )
}
