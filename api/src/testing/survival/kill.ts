import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { connect } from '@nobishiro/prisma'
import { type Server, startServer } from '../e2e/server.ts'
import { unspeakable } from '../what-was-said.ts'
import { type Acknowledged, createNumbers, sendUntilGone } from './clients.ts'
import { type Delivery, environment, furnish, KINDS, type Kind, secondAnswer, uploadAccounts } from './deliveries.ts'
import { inTheEnd } from './in-the-end.ts'

/** How long a server is left alone with its clients, at most. */
const LONGEST_MS = 600
/** How long it is waited for what a server acknowledges first. */
const PATIENCE_MS = 10_000

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
 * Kills a server without warning, again and again, while webhooks, batches and files are under way. Clients that were not answered ask the next
 * one again, and its answers tell whether the rest was whole or absent; in the end the database has all of it, once.
 */
export async function killAgainAndAgain(kills: number, { url, onRound }: Target): Promise<Figures> {
  const dataDir = mkdtempSync(join(tmpdir(), 'nobishiro-kill-'))
  const place = url === undefined ? { dataDir } : { url }
  const start = () => startServer(dataDir, { args: [], env: environment(url) })
  const figures: Figures = {
    kills,
    acknowledged: { webhook: 0, batch: 0, file: 0 },
    unanswered: { webhook: 0, batch: 0, file: 0 },
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
    await uploadAccounts(empty)
    await empty.close()
    server = await start()
    const next = createNumbers()
    for (let round = 0; round < kills; round += 1) {
      const { onAcknowledged, every } = untilEvery()
      const clients = sendUntilGone(server.url, key, next, { onAcknowledged })
      // Every other one comes as it likes; the others when something of every kind counts already.
      if (round % 2 === 1) await Promise.race([every, pause(PATIENCE_MS)])
      await pause(Math.random() * LONGEST_MS)
      await server.kill()
      figures.faults.push(...unspeakable(server.output()))
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

/** Resolves when something of each kind was acknowledged. */
function untilEvery() {
  const kinds = new Set<Kind>()
  let resolve = () => {}
  const every = new Promise<void>((done) => {
    resolve = done
  })
  const onAcknowledged = (kind: Kind) => {
    if (kinds.add(kind).size === KINDS.length) resolve()
  }
  return { every, onAcknowledged }
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
  const lastOf = (kind: Kind) => acknowledged.findLast(({ delivery }) => delivery.kind === kind) ?? []
  for (const { delivery, text } of KINDS.flatMap(lastOf)) {
    const again = await (await fetch(delivery.request(url))).text()
    figures.lostAnswers += 1
    // Under a key the answer is the same; without one it says that this was here before.
    if (again !== text && secondAnswer(delivery, JSON.parse(again)) !== 'BEFORE')
      figures.faults.push(`after ${text}, ${delivery.events[0]} was answered ${again}`)
  }
}
