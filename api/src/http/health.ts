import type { Database } from '@nobishiro/prisma'
import { json } from './answer.ts'
import type { Handler } from './handler.ts'

/** The process runs. */
export const live: Handler = () => json(200, { status: 'live' })

type Dependencies = { db: Database; waitingFor: () => string | undefined }

/** The process can answer: it has started, is not stopping, and the database does. */
export function readyHandler({ db, waitingFor }: Dependencies): Handler {
  return async () => {
    const reason = waitingFor() ?? (await unreachable(db))
    return reason === undefined ? json(200, { status: 'ready' }) : notReady(reason)
  }
}

export function notReady(status: string): Response {
  return json(503, { status }, { 'retry-after': '2' })
}

function unreachable(db: Database): Promise<string | undefined> {
  return db.tenants().then(
    () => undefined,
    () => 'the database does not answer',
  )
}
