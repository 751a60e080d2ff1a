import { randomUUID } from 'node:crypto'
import type { Database, Tx } from '@nobishiro/prisma'
import { canonicalJson, sha256 } from '../shared/canonical.ts'
import { ExpectedError } from '../shared/errors.ts'
import { discard, publish, stage } from './import-store.ts'
import type { Received } from './received.ts'
import type { Worth } from './sources/rates/quote.ts'

/** Where rates that people import come from. */
export const RATES_SOURCE = 'rates'
const KIND = 'RATES'
const CHUNK = 2_000

export type RatesReport = { rows: number; new: number; changed: number; unchanged: number }
type KnownRate = { currency: string; day: string; rate: string; per: string; saidAt: Date }

/** Makes rates count, all in one transaction. Those that are known and the same add nothing; others win over what was said before. */
export async function importRates(
  db: Database,
  { tenantId, clock }: { tenantId: string; clock: () => Date },
  worths: readonly Worth[],
): Promise<RatesReport> {
  const context = { tenantId, source: RATES_SOURCE, clock }
  const known = await db.withTenant({ tenantId, viewer: 'TENANT' }, async (tx) => {
    await ensureSource(tx, tenantId)
    return knownRates(tx, tenantId)
  })
  const keyOf = ({ currency, day }: { currency: string; day: string }) => `${currency} ${day}`
  const before = new Map(known.map((row) => [keyOf(row), row]))
  const fresh = worths.filter((worth) => !isSame(before.get(keyOf(worth)), worth))
  const received = fresh.map((worth) => toReceived(worth, before.get(keyOf(worth)), clock()))
  const importId = `rates-${randomUUID()}`
  try {
    let staged = 0
    for (let start = 0; start < received.length; start += CHUNK)
      staged += (await stage(db, context, importId, received.slice(start, start + CHUNK))).size
    if (staged > 0) await publish(db, context, importId, staged)
  } catch (error) {
    await discard(db, context, importId)
    throw error
  }
  const changed = fresh.filter((worth) => before.has(keyOf(worth))).length
  return { rows: worths.length, new: fresh.length - changed, changed, unchanged: worths.length - fresh.length }
}

const isSame = (known: KnownRate | undefined, { rate, per }: Worth): boolean =>
  known?.rate === rate && known.per === per

/** The id names what is replaced: the same word again is the same delivery, and a return to an earlier value is not. */
function toReceived(worth: Worth, replaced: KnownRate | undefined, now: Date): Received {
  const { currency, day, rate, per } = worth
  const after = replaced === undefined ? null : replaced.saidAt.toISOString()
  const text = canonicalJson({ currency, day, rate, per, after })
  const at = new Date(Math.max(now.getTime(), replaced === undefined ? 0 : replaced.saidAt.getTime() + 1)).toISOString()
  return {
    externalId: `rates/${currency}/${day}/${sha256(text).slice(0, 16)}`,
    kind: 'rates',
    raw: Buffer.from(text),
    eventTime: `${day}T00:00:00.000Z`,
    account: null,
    events: [{ type: 'rate', currency, day, rate, per, at }],
  }
}

async function ensureSource(tx: Tx, tenantId: string): Promise<void> {
  await tx.source.createMany({ data: [{ tenantId, name: RATES_SOURCE, kind: KIND }], skipDuplicates: true })
  const { kind } = await tx.source.findUniqueOrThrow({ where: { tenantId_name: { tenantId, name: RATES_SOURCE } } })
  if (kind === KIND) return
  throw new ExpectedError(
    'CONFLICT',
    `The source "${RATES_SOURCE}" is of kind ${kind}; rates need that name for themselves.`,
  )
}

function knownRates(tx: Tx, tenantId: string): Promise<KnownRate[]> {
  return tx.$queryRaw<KnownRate[]>`
    SELECT currency, day::text, rate, per, said_at AS "saidAt" FROM exchange_rate
    WHERE tenant_id = ${tenantId} AND source = ${RATES_SOURCE}`
}
