import type { ViewerKind } from './generated/graphql.ts'
import type { SessionGrant } from './grant.ts'
import { retry } from './retry.ts'
import { send } from './send.ts'
import type { SessionRule } from './session-rule.ts'

export interface MintOptions {
  /** Address of the API, with or without `/graphql`. */
  url: string
  /** A key with the scope `embed:create`. Keep it on the server. */
  apiKey: string
  /** Who will look: the tenant's staff, whoever looks after the accounts of some segments, end customers of the accounts named, or a partner. */
  viewer: ViewerKind
  /** Required for `ACCOUNT`: the accounts this session may see, and no other. */
  accountIds?: readonly string[] | undefined
  /** Required for `SEGMENT`: ids of saved segments. Which accounts they hold is asked again with every question. */
  segmentIds?: readonly string[] | undefined
  /** Required for `PARTNER` with a key of the vendor: what is shared with this partner is seen, and no more. */
  partner?: string | undefined
  /** Accounts that do not meet this are never seen, whatever the page asks for: a rule as `saveSegment` takes it. */
  filters?: SessionRule | undefined
  /** Origins of the pages that embed the widgets, e.g. `https://app.example.com`. */
  origins: readonly string[]
  capabilities?: readonly string[] | undefined
  /** Seconds the session lives, at most 3,600. Default 900. */
  ttlSeconds?: number | undefined
  /**
   * Names this one session: 1 to 255 printable ASCII characters without spaces. For 24 hours the same call gets the same session, and what passes (a lost
   * connection, a server that is unavailable) is tried again; without it the call is sent once. While another with this key is under way, and of another
   * call with it, the error's code is `CONFLICT`.
   */
  idempotencyKey?: string | undefined
  fetch?: typeof fetch | undefined
}

/** Mints an embed session, server to server. Send the answer to the browser as it is. */
export function mintSession({
  url,
  apiKey,
  fetch = globalThis.fetch,
  idempotencyKey: key,
  ...input
}: MintOptions): Promise<Required<SessionGrant>> {
  const address = `${url.replace(/\/(graphql\/?)?$/, '')}/embed/sessions`
  const mint = (by: typeof fetch) =>
    send<Required<SessionGrant>>({ url: address, fetch: by, timeout: 15_000 }, apiKey, input)
  if (key === undefined) return mint(fetch)
  return retry(() => mint((to, init) => fetch(to, { ...init, headers: { ...init?.headers, 'idempotency-key': key } })))
}

export type { SessionRule }
