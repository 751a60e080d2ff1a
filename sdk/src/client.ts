import { fixedCredential } from './fixed-credential.ts'
import type { SessionFunction } from './grant.ts'
import type { LedgerListener } from './live/watch.ts'
import { httpTransport, queryThrough, type RequestOptions, type Transport } from './request.ts'
import { accountsOf } from './resources/accounts.ts'
import { explainOf } from './resources/explain.ts'
import { metricsOf } from './resources/metrics.ts'
import { movementsOf } from './resources/movements.ts'
import { seatGrowthOf } from './resources/seat-growth.ts'
import { strategyMixOf } from './resources/strategy-mix.ts'
import { viewerOf } from './resources/viewer.ts'
import { waterfallOf } from './resources/waterfall.ts'
import { createSession, type Session } from './session.ts'

/** An API key (on a server only), a function that fetches a session (in a browser), or the built-in sample tenant. */
export type Auth = { apiKey: string } | { session: SessionFunction } | { sandbox: true }

export interface ClientOptions {
  /** Address of the GraphQL endpoint. Default `/graphql`. */
  url?: string | undefined
  auth: Auth
  /** Milliseconds to wait for one answer. Default 15,000. */
  timeout?: number | undefined
  fetch?: typeof fetch | undefined
}

const sandbox: Transport = async (operation) => (await import('./sandbox/answer.ts')).answer(operation)

/** A client of the Nobishiro API. One per page or process is enough. */
export function createClient({ url = '/graphql', auth, timeout = 15_000, fetch = globalThis.fetch }: ClientOptions) {
  const credential =
    'session' in auth ? createSession(auth.session) : fixedCredential('apiKey' in auth ? auth.apiKey : '')
  const query = queryThrough(
    'sandbox' in auth ? sandbox : httpTransport({ url, timeout, fetch }, credential, 'session' in auth),
  )
  const session: Session = credential
  return {
    /** Runs any document; result and variables are typed by it. */
    query,
    /** The session's state, to show or to wait for. Always `ready` with an API key and in the sandbox. */
    session,
    /** Who asks, of which tenant, and how far its data reaches. */
    viewer: viewerOf(query),
    ...metricsOf(query),
    /** MRR from opening to closing, of all accounts or of the NRR cohort. */
    waterfall: waterfallOf(query),
    /** Seats by plan and month, and the accounts that grew most. */
    seatGrowth: seatGrowthOf(query),
    /** Expansion by the seven strategies. */
    strategyMix: strategyMixOf(query),
    /** The evidence of one number, down to spans or movements. */
    explain: explainOf(query),
    ...accountsOf(query),
    movements: movementsOf(query),
    /** Calls back with the ledger's version, at once and as it moves, until the signal is aborted; never in the sandbox. */
    watch: async (listener: LedgerListener, options: RequestOptions = {}): Promise<void> => {
      if (!('sandbox' in auth))
        await (await import('./live/watch.ts')).watch({ url, fetch }, credential, listener, options)
    },
    /** Stops the session's timers and forgets its token. */
    close: session.close,
  }
}

export type Client = ReturnType<typeof createClient>
