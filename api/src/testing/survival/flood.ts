import { setTimeout as pause } from 'node:timers/promises'
import { connect } from '@nobishiro/prisma'
import autocannon from 'autocannon'
import { newFolder, startServer } from '../e2e/server.ts'
import { aPowerfulKey, fill } from '../isolation.ts'
import { environment } from './deliveries.ts'

/** A page of the other tenant, asked for at a walking pace, each time for another month so that no answer is at hand. */
const EVERY_MS = 25
const MONTHS = 20
const page = (number: number) =>
  `{ waterfall(population: ALL, range: { start: "2025-${month(1 + (number % 4))}-01", end: "2026-${month(1 + (number % (MONTHS / 2)))}-01" }) { closing { minor } }
    accounts(first: 20) { edges { node { name mrr { minor } } } } }`
const month = (number: number) => String(number).padStart(2, '0')
/** What floods: dear, and soon refused. */
const DEAR = '{ accounts(first: 60) { edges { node { movements(first: 60) { edges { node { id } } } } } } }'

export type Figures = {
  /** Milliseconds that a page took, alone and beside the flood. */
  alone: { p50: number; p99: number }
  beside: { p50: number; p99: number }
  flood: { requests: number; refused: number }
  faults: string[]
}

/** How long a tenant waits for its pages while another one asks as often as it can, from many connections with one key. */
export async function flood(
  url: string,
  { seconds, connections, redisUrl }: { seconds: number; connections: number; redisUrl?: string | undefined },
): Promise<Figures> {
  const db = await connect({ url })
  for (const tenantId of ['tenant-a', 'tenant-b'] as const) await fill(db, tenantId)
  const [quiet, loud] = [await aPowerfulKey(db, 'tenant-a'), await aPowerfulKey(db, 'tenant-b')]
  await db.close()
  const server = await startServer(newFolder(), {
    args: [],
    env: { ...environment(url), ...(redisUrl === undefined ? {} : { REDIS_URL: redisUrl }) },
  })
  try {
    await pages(server.url, quiet, Math.min(seconds, 3))
    const alone = await pages(server.url, quiet, seconds)
    const flooding = autocannon({
      url: `${server.url}/graphql`,
      method: 'POST',
      headers: { authorization: `Bearer ${loud}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query: DEAR }),
      connections,
      duration: seconds + 2,
      workers: 1,
    })
    await pause(1_000)
    const beside = await pages(server.url, quiet, seconds)
    const { statusCodeStats, requests } = await flooding
    const refused = Number((statusCodeStats as Record<string, { count: number }>)['429']?.count ?? 0)
    const faults = [...alone.faults, ...beside.faults]
    if (beside.p99 > 2 * alone.p99) faults.push(`p99 went from ${alone.p99} to ${beside.p99} ms`)
    return { alone, beside, flood: { requests: requests.total, refused }, faults }
  } finally {
    await server.kill()
  }
}

async function pages(url: string, key: string, seconds: number) {
  const took: number[] = []
  const faults: string[] = []
  const asking: Promise<void>[] = []
  const end = Date.now() + seconds * 1_000
  for (let number = 0; Date.now() < end; number += 1) {
    asking.push(
      (async () => {
        const started = performance.now()
        const response = await fetch(`${url}/graphql`, {
          method: 'POST',
          headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
          body: JSON.stringify({ query: page(number) }),
        })
        const text = await response.text()
        took.push(performance.now() - started)
        if (response.status !== 200 || text.includes('"errors"')) faults.push(text.slice(0, 300))
      })(),
    )
    await pause(EVERY_MS)
  }
  await Promise.all(asking)
  took.sort((a, b) => a - b)
  const at = (share: number) => Math.round((took[Math.floor(took.length * share)] ?? 0) * 10) / 10
  return { p50: at(0.5), p99: at(0.99), faults: faults.slice(0, 3) }
}
