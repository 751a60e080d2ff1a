import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { connect } from '@nobishiro/prisma'
import { verify } from '../../ledger/verify.ts'
import { type Server, startServer } from '../e2e/server.ts'
import { type Acknowledged, createNumbers, sendUntilGone } from './clients.ts'
import { type Delivery, furnish, type Kind, SERVER_SECRET, secondAnswer, TENANT } from './deliveries.ts'

/** How long a server is left alone with its clients, at most. */
const LONGEST_MS = 600

export type Figures = {
  kills: number
  acknowledged: Record<Kind, number>
  /** Sent, and not answered when the server was killed. */
  unanswered: Record<Kind, number>
  /** Of those, what counted all the same. */
  countedUnanswered: number
  /** Answered, but the answer did not reach its client, who sent it again to the next server. */
  lostAnswers: number
  slowestReadyMs: number
  /** What should not be; empty where all is well. */
  faults: string[]
}

type Target = { url?: string; onRound?: (done: number) => void }

/**
 * Kills a server without warning, again and again, while webhooks and batches are under way. Clients that were not answered ask the next
 * one again, and its answers tell whether the rest was whole or absent; in the end the database has all of it, once.
 */
export async function killAgainAndAgain(kills: number, { url, onRound }: Target): Promise<Figures> {
  const dataDir = mkdtempSync(join(tmpdir(), 'nobishiro-kill-'))
  const place = url === undefined ? { dataDir } : { url }
  const env = {
    NOBISHIRO_SECRET: SERVER_SECRET,
    LOG_LEVEL: 'error',
    ...(url === undefined ? {} : { DATABASE_URL: url }),
  }
  const start = () => startServer(dataDir, { args: [], env })
  const figures: Figures = {
    kills,
    acknowledged: { webhook: 0, batch: 0 },
    unanswered: { webhook: 0, batch: 0 },
    countedUnanswered: 0,
    lostAnswers: 0,
    slowestReadyMs: 0,
    faults: [],
  }
  const sent: Delivery[] = []
  let server: Server | undefined
  try {
    const empty = await connect(place)
    const key = await furnish(empty)
    await empty.close()
    server = await start()
    const next = createNumbers()
    for (let round = 0; round < kills; round += 1) {
      const clients = sendUntilGone(server.url, key, next)
      await pause(Math.random() * LONGEST_MS)
      await server.kill()
      const { acknowledged, unanswered, refused } = await clients
      server = await start()
      figures.slowestReadyMs = Math.max(figures.slowestReadyMs, server.readyAfter)
      for (const { delivery } of acknowledged) figures.acknowledged[delivery.kind] += 1
      for (const { kind } of unanswered) figures.unanswered[kind] += 1
      figures.faults.push(...refused.map((text) => `refused: ${text}`))
      await sendAgain(server.url, unanswered, figures)
      await losingAnswers(server.url, acknowledged, figures)
      sent.push(...acknowledged.map(({ delivery }) => delivery), ...unanswered)
      onRound?.(round + 1)
    }
    const code = await server.stop()
    if (code !== 0) figures.faults.push(`the last server ended with ${code}`)
    figures.faults.push(...(await inTheEnd(place, sent)))
    return figures
  } finally {
    await server?.kill()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** Clients that were not answered ask again, all at once. */
async function sendAgain(url: string, unanswered: readonly Delivery[], figures: Figures): Promise<void> {
  await Promise.all(
    unanswered.map(async (delivery) => {
      const response = await fetch(delivery.request(url))
      const text = await response.text()
      const counts = response.ok ? secondAnswer(delivery, JSON.parse(text)) : undefined
      if (counts === 'BEFORE') figures.countedUnanswered += 1
      if (counts === undefined) figures.faults.push(`sent again, ${delivery.events[0]} was answered ${text}`)
    }),
  )
}

/** The last answers of a server may have been lost on their way: the same again is told that it counts already. */
async function losingAnswers(url: string, acknowledged: readonly Acknowledged[], figures: Figures): Promise<void> {
  for (const { delivery, text } of acknowledged.slice(-2)) {
    const again = await (await fetch(delivery.request(url))).text()
    figures.lostAnswers += 1
    // Under a key the answer is the same; without one it says that this was here before.
    if (again !== text && secondAnswer(delivery, JSON.parse(again)) !== 'BEFORE')
      figures.faults.push(`after ${text}, ${delivery.events[0]} was answered ${again}`)
  }
}

/** What the database itself says once no server runs: every event once, a line for each, and a ledger that adds up. */
async function inTheEnd(place: { dataDir: string } | { url: string }, sent: readonly Delivery[]): Promise<string[]> {
  const db = await connect(place)
  try {
    const faults = await db.withTenant({ tenantId: TENANT, viewer: 'TENANT' }, async (tx) => {
      const posted = await tx.inbox.findMany({ where: { status: 'POSTED' }, select: { externalId: true } })
      const lines = await tx.ledgerLine.findMany({ select: { sourceEvent: true, amountMinor: true } })
      const events = sent.flatMap((delivery) => delivery.events)
      const sum = BigInt(sent.reduce((total, { minor }) => total + minor, 0))
      return [
        ...unlike(
          'events',
          posted.map(({ externalId }) => externalId),
          events,
        ),
        ...unlike(
          'lines',
          lines.map(({ sourceEvent }) => sourceEvent),
          events,
        ),
        ...unlike('MRR', [String(lines.reduce((total, { amountMinor }) => total + amountMinor, 0n))], [String(sum)]),
        ...unlike('conflicts', [String(await tx.inboxConflict.count())], ['0']),
      ]
    })
    const { ok, checks } = await verify(db, TENANT, new Date())
    return ok
      ? faults
      : [...faults, `verify: ${JSON.stringify(checks.flatMap(({ problems }) => problems).slice(0, 3))}`]
  } finally {
    await db.close()
  }
}

function unlike(what: string, found: readonly string[], wanted: readonly string[]): string[] {
  if (found.toSorted().join() === wanted.toSorted().join()) return []
  const [missing, extra] = [wanted.filter((id) => !found.includes(id)), found.filter((id) => !wanted.includes(id))]
  return [
    `${what}: ${found.length} instead of ${wanted.length}; missing ${missing.slice(0, 3)}; not sent ${extra.slice(0, 3)}`,
  ]
}
