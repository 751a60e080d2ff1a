import { createClient, type SessionGrant } from '@nobishiro/sdk'

export const url = '/graphql'

/** Asks our own server for a session; see server/session.ts. */
export const fetchSession = (): Promise<SessionGrant> =>
  fetch('/session', { method: 'POST' }).then((answer) => answer.json())

/** What the console's own pages read through; the widgets have theirs. */
export const client = createClient({ url, auth: { session: fetchSession } })
