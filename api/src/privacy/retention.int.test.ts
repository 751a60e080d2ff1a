import type { Database } from '@nobishiro/prisma'
import { expect, it } from 'vitest'
import { accept } from '../ingest/accept.ts'
import { ledgerHash } from '../ledger/hash.ts'
import { verify } from '../ledger/verify.ts'
import { eachDatabase } from '../testing/db.ts'
import { tidy } from '../webhooks/tidy.ts'
import { retentionOf, setRetention } from './retention.ts'
import { heldEverywhere, NOW, toldOf } from './testing/held-everywhere.ts'

const PERSON = 'Zephyrine'
const HOUR_MS = 3_600_000

/** Deliveries and second bodies by source: how many are as they came, and how many are reduced. */
function bodiesOf(db: Database, tenantId: string) {
  return db.withTenant(
    { tenantId, viewer: 'TENANT' },
    (tx) =>
      tx.$queryRaw<object[]>`
      SELECT source, count(*) FILTER (WHERE reduced_at IS NULL)::int AS whole, count(reduced_at)::int AS reduced,
        count(*) FILTER (WHERE reduced_at IS NOT NULL AND convert_from(raw, 'UTF8')::jsonb <> coalesce(events, '[]'))::int AS other
      FROM (SELECT source, reduced_at, raw, events FROM inbox WHERE tenant_id = ${tenantId}
        UNION ALL SELECT source || ', second', reduced_at, raw, events FROM inbox_conflict WHERE tenant_id = ${tenantId}) AS body
      GROUP BY source ORDER BY source`,
  )
}

eachDatabase((open) => {
  it('bodies that are older than the tenant keeps them are reduced once a day, and no number changes', async () => {
    const db = await open()
    const context = await heldEverywhere(db, 'acme-saas', { erased: PERSON, other: 'Ottoline' })
    await heldEverywhere(db, 'beside', { erased: PERSON, other: 'Ottoline' })
    const { tenantId } = context
    const change = { tenantId, by: 'key:k', now: NOW }
    const hash = () => db.withTenant({ tenantId, viewer: 'TENANT' }, (tx) => ledgerHash(tx, tenantId))
    const [before, beside] = [await hash(), await bodiesOf(db, 'beside')]
    const whole = await bodiesOf(db, tenantId)
    // Received now, by the clock of the database: what is a day old is looked for from two days later on.
    const later = (hours: number) => new Date(Date.now() + hours * HOUR_MS)

    await tidy(db, later(10_000))
    expect(await bodiesOf(db, tenantId)).toEqual(whole)
    for (const days of [0, 1.5, -1, 40_000]) expect(() => setRetention(db, change, { days })).toThrow(/days is/)
    await setRetention(db, change, { days: 1 })
    await tidy(db, later(20))
    expect(await bodiesOf(db, tenantId)).toEqual(whole)
    await tidy(db, later(30))
    expect(await bodiesOf(db, tenantId)).toEqual(whole) // not a day since it was seen to
    await tidy(db, later(48))
    expect(await bodiesOf(db, tenantId)).toEqual([
      { source: 'people', whole: 3, reduced: 0, other: 0 },
      { source: 'stripe', whole: 0, reduced: 43, other: 0 },
      { source: 'stripe, second', whole: 0, reduced: 6, other: 0 },
    ])
    expect(await bodiesOf(db, 'beside')).toEqual(beside)
    expect(await hash()).toBe(before)
    const { checks } = await verify(db, tenantId, NOW)
    expect(checks.flatMap(({ problems }) => problems)).toEqual([])
    const again = await accept(db, context, toldOf('other', 'Ottoline'))
    expect(new Set(again.map(({ outcome }) => outcome))).toEqual(new Set(['DUPLICATE']))

    await setRetention(db, change, { days: null })
    expect((await retentionOf(db, tenantId)).days).toBeNull()
    const noted = await db.withTenant({ tenantId, viewer: 'TENANT' }, (tx) =>
      tx.auditEntry.findMany({ where: { action: 'RETENTION_SET' }, select: { detail: true }, orderBy: { id: 'asc' } }),
    )
    expect(noted.map(({ detail }) => detail)).toEqual([
      { days: 1, before: null },
      { days: null, before: 1 },
    ])
  })
})
