import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises'
import type { Database } from '@nobishiro/prisma'
import { describe, expect, it } from 'vitest'
import type { App } from '../app.ts'
import { accept } from '../ingest/accept.ts'
import { anItem, aPrice, aSubscription, aTenant, delivered } from '../testing/build.ts'
import { eachDatabase } from '../testing/db.ts'
import { aKey, anApp, aSession, query } from '../testing/query.ts'

/** Distinct primes as prices, so that a sum says whose it is. */
const PRICES = { 'tenant-a': [1_000_003, 2_000_003, 4_000_037], 'tenant-b': [1_000_033, 2_000_029, 4_000_039] } as const
type TenantId = keyof typeof PRICES
const TENANTS = Object.keys(PRICES) as TenantId[] // its own keys
const ANSWERS = Number(process.env['HAMMER_ANSWERS'] ?? 10_000)
const LATE_MS = 2_000
const ASKED = `{ waterfall(population: ALL, range: { start: "2026-10-01", end: "2026-11-01" }) { version closing { minor } } }`

type Scope = { tenantId: TenantId; token: string; accounts: readonly number[] }
/** The quantities of each account at a version, and when they were committed. */
type State = { quantities: readonly number[]; committedAt: number }
type Heard = { scope: Scope; askedAt: number; version: bigint; closing: bigint }

eachDatabase((open) => {
  describe('two tenants and ten scopes, asked without a pause while both ledgers move', () => {
    it('no answer is older than the version it names, two seconds behind, or of anyone else', {
      timeout: Math.max(240_000, 15 * ANSWERS),
    }, async () => {
      const db = await open()
      const contexts = await Promise.all(TENANTS.map((id) => aTenant(db, { id })))
      const states = new Map(TENANTS.map((id) => [id, new Map<bigint, State>()]))
      let asked = 0
      // Points come back by the clock of the server, a hundred a second: each of ten scopes has ten milliseconds for every question.
      const app = anApp(db, { now: () => new Date(Date.UTC(2026, 10, 22) + asked) })
      for (const context of contexts) await grow(db, context, states, [1, 1, 1])
      const scopes = (await Promise.all(TENANTS.map((tenantId) => scopesOf(db, tenantId)))).flat()
      expect(scopes).toHaveLength(10)

      const heard: Heard[] = []
      // It is worth asking: both ledgers move, and every scope sees several versions.
      const seen = new Map(scopes.map((scope) => [scope, new Set<bigint>()]))
      const isEnough = () => asked >= ANSWERS && [...seen.values()].every(({ size }) => size > 3)
      let isOver = false
      const write = async (index: number) => {
        for (let round = 2; !isOver; round += 1) {
          await grow(db, contexts[index]!, states, [round, round * (index + 2), 1 + (round % 7)])
          await sleep(150)
        }
      }
      const ask = async (worker: number) => {
        while (!isEnough()) {
          const scope = scopes[(asked + worker) % scopes.length]!
          asked += 1
          // Answers from memory would leave the writers no turn.
          if (asked % 10 === 0) await turn()
          const one = await hear(app, scope)
          heard.push(one)
          seen.get(scope)?.add(one.version)
        }
      }
      const writing = Promise.all([write(0), write(1)])
      await Promise.all(Array.from({ length: 16 }, (_, worker) => ask(worker))).finally(() => {
        isOver = true
      })
      await writing

      const faults = heard.filter((one) => !isSound(one, states.get(one.scope.tenantId)!))
      expect(faults.slice(0, 3)).toEqual([])
      expect(heard.length).toBeGreaterThanOrEqual(ANSWERS)
    })
  })
})

function isSound({ scope, askedAt, version, closing }: Heard, known: ReadonlyMap<bigint, State>): boolean {
  const state = known.get(version)
  if (!state) return false
  const expected = scope.accounts.reduce(
    (sum, account) => sum + BigInt(state.quantities[account]! * PRICES[scope.tenantId][account]!),
    0n,
  )
  const behind = [...known].some(([other, { committedAt }]) => other > version && committedAt < askedAt - LATE_MS)
  return closing === expected && !behind
}

async function hear(app: App, scope: Scope): Promise<Heard> {
  const askedAt = performance.now()
  const { data, errors } = await query(app, { token: scope.token, query: ASKED })
  expect(errors).toBeUndefined()
  const { waterfall } = data as { waterfall: { version: string; closing: { minor: string } } }
  return { scope, askedAt, version: BigInt(waterfall.version), closing: BigInt(waterfall.closing.minor) }
}

/** A new version of a tenant's ledger with these quantities. */
async function grow(
  db: Database,
  context: { tenantId: string; source: string; clock: () => Date },
  states: Map<TenantId, Map<bigint, State>>,
  quantities: readonly number[],
): Promise<void> {
  const tenantId = context.tenantId as TenantId
  const known = states.get(tenantId)!
  const at = new Date(Date.UTC(2026, 8, 1) + known.size * 1_000).toISOString()
  const events = quantities.map((quantity, index) =>
    delivered(
      `e${known.size}-${index}`,
      aSubscription({
        account: `account-${index}`,
        subscription: `sub-${index}`,
        at,
        items: [anItem('crm', quantity, aPrice(String(PRICES[tenantId][index])), { item: `si-${index}` })],
      }),
    ),
  )
  await accept(db, context, events)
  const version = await db.withTenant(
    { tenantId, viewer: 'TENANT' },
    async (tx) => (await tx.tenant.findFirst())!.version,
  )
  known.set(version, { quantities, committedAt: performance.now() })
}

async function scopesOf(db: Database, tenantId: TenantId): Promise<Scope[]> {
  const everyone = [0, 1, 2]
  const some = async (accounts: number[]) => ({
    tenantId,
    token: await aSession(
      db,
      tenantId,
      accounts.map((account) => `account-${account}`),
      { ttlSeconds: 3_600 },
    ),
    accounts,
  })
  return [
    { tenantId, token: await aKey(db, tenantId), accounts: everyone },
    { tenantId, token: await aSession(db, tenantId), accounts: everyone },
    await some([0]),
    await some([1]),
    await some([0, 2]),
  ]
}
