import { setTimeout as sleep } from 'node:timers/promises'
import type { Principal } from '../access/principal.ts'
import type { FactsCache } from '../facts/facts-cache.ts'
import { ExpectedError } from '../shared/errors.ts'

/** Streams that one credential may hold open. */
const MAX_STREAMS = { KEY: 50, SESSION: 10 } as const satisfies Record<Principal['kind'], number>
const LOOK_EVERY_MS = 500

export type Watch = {
  principal: Principal
  /** Whether the credential still counts. */
  isWelcome: () => Promise<boolean>
  /** Ends every stream of the server. */
  stopping: AbortSignal
}

export type Live = (watch: Watch) => AsyncIterable<bigint>

/**
 * The version of a tenant's ledger: at once, and whenever it has moved, until the credential ends. It is looked up once for all who
 * watch a tenant, in the database, so it does not matter which process wrote.
 */
export function createLive(factsCache: Pick<FactsCache, 'current'>): Live {
  const open = new Map<string, number>()

  async function* versions(caller: string, { principal, isWelcome }: Watch, end: AbortSignal): AsyncGenerator<bigint> {
    open.set(caller, (open.get(caller) ?? 0) + 1)
    try {
      for (let last: bigint | undefined; !end.aborted && (await isWelcome()); ) {
        const { version } = await factsCache.current(principal.tenantId)
        if (version !== last) yield version
        last = version
        await sleep(LOOK_EVERY_MS, undefined, { signal: end }).catch(() => {}) // the loop sees why
      }
    } finally {
      const left = (open.get(caller) ?? 1) - 1
      if (left > 0) open.set(caller, left)
      else open.delete(caller)
    }
  }

  return (watch) => {
    const { kind, tenantId, id } = watch.principal
    const caller = `${tenantId}/${id}`
    if ((open.get(caller) ?? 0) >= MAX_STREAMS[kind])
      throw new ExpectedError(
        'RATE_LIMITED',
        `At most ${MAX_STREAMS[kind]} streams may be open at once. Close one first.`,
      )
    // A generator that waits hears of its end only where it would say something.
    const closed = new AbortController()
    const said = versions(caller, watch, AbortSignal.any([watch.stopping, closed.signal]))
    const close = () => {
      closed.abort()
      return said.return(undefined)
    }
    return { [Symbol.asyncIterator]: () => ({ next: () => said.next(), return: close }) }
  }
}
