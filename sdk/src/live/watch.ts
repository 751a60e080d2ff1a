import { errorOf } from '../error-of.ts'
import { LedgerChangedDocument, type LedgerChangedSubscription } from '../generated/graphql.ts'
import { documentOf, type RequestOptions } from '../request.ts'
import type { SendOptions } from '../send.ts'
import type { Credential } from '../session.ts'
import { backOff, wait } from '../wait.ts'
import { eventsOf } from './events-of.ts'

/** Called with the version of the ledger: at once, and whenever it has moved. */
export type LedgerListener = (version: string) => void

const body = JSON.stringify(documentOf(LedgerChangedDocument))

/** Listens until the signal is aborted. A stream that drops or ends with its token is opened again; nothing is told twice. */
export async function watch(
  { url, fetch }: Pick<SendOptions, 'url' | 'fetch'>,
  credential: Credential,
  listener: LedgerListener,
  { signal }: RequestOptions,
): Promise<void> {
  let last: string | undefined
  let failures = 0
  const listen = async (token: string) => {
    const headers = {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      authorization: `Bearer ${token}`,
    }
    const answer = await fetch(url, { method: 'POST', headers, body, credentials: 'omit', signal: signal ?? null })
    if (answer.status === 401) await credential.replace(token)
    if (!answer.ok || !answer.body) throw errorOf(null, answer.status, answer.headers)
    for await (const event of eventsOf(answer.body)) {
      const version = versionIn(event)
      if (version === undefined) throw errorOf(event, answer.status, answer.headers)
      failures = 0
      if (version !== last) listener(version)
      last = version
    }
  }
  while (!signal?.aborted) {
    await credential
      .token()
      .then(listen)
      .catch(() => {}) // asked again below
    await wait(backOff(failures++), signal).catch(() => {}) // the loop sees why
  }
}

const versionIn = (event: unknown) => (event as { data?: LedgerChangedSubscription | null }).data?.ledgerChanged.version
