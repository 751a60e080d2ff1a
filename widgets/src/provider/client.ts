import { type Auth, type Client, createClient, type SessionFunction } from '@nobishiro/sdk'

/** What the widgets ask of the SDK. Tests and stories hand in a small one of their own. */
export type WidgetClient = Pick<
  Client,
  | 'query'
  | 'metrics'
  | 'waterfall'
  | 'seatGrowth'
  | 'strategyMix'
  | 'explain'
  | 'movements'
  | 'watch'
  | 'session'
  | 'close'
>

/** Where the numbers come from: exactly one of the three. */
export interface Connection {
  /** Fetches an embed session from your server. */
  session?: SessionFunction | undefined
  /** A server's key, for rendering on the server; refused in a browser. */
  apiKey?: string | undefined
  /** The built-in sample tenant: no server, no account. */
  sandbox?: boolean | undefined
  /** Address of the GraphQL endpoint. Default `/graphql`. */
  url?: string | undefined
}

function authOf({ session, apiKey, sandbox }: Connection): Auth {
  if (apiKey !== undefined) {
    if (typeof window !== 'undefined') {
      throw new Error(
        'NobishiroProvider: `apiKey` is for servers and must never reach a browser. Pass `session`, a function that fetches a session from your server.',
      )
    }
    return { apiKey }
  }
  if (session) return { session }
  if (sandbox) return { sandbox: true }
  throw new Error(
    'NobishiroProvider: say where the numbers come from. Pass `session={fetchSession}`, or `sandbox` to look around.',
  )
}

/** The client of a provider. */
export function connect(connection: Connection): WidgetClient {
  return createClient({ url: connection.url, auth: authOf(connection) })
}
