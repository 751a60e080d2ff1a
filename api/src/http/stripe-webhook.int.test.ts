import { expect, it } from 'vitest'
import { saveStripeSource } from '../access/sources.ts'
import { anEvent, aSubscription, toBytes } from '../ingest/sources/stripe/testing.ts'
import { signatureHeader } from '../ingest/sources/stripe/verify.ts'
import { ingestionStatus } from '../ingest/status.ts'
import { aTenant } from '../testing/build.ts'
import { eachDatabase } from '../testing/db.ts'
import { anApp, TEST_SECRET } from '../testing/query.ts'

const NOW = new Date('2026-11-22T00:00:00Z')
const SECRET = 'whsec_of_the_endpoint'

eachDatabase((open) => {
  it('a signed delivery counts when it is answered, once; anything else changes nothing', async () => {
    const db = await open()
    const { tenantId } = await aTenant(db, { source: 'other' })
    await saveStripeSource(db, { tenantId, name: 'stripe', webhookSecret: SECRET }, TEST_SECRET)
    const app = anApp(db)
    const raw = toBytes(anEvent('customer.subscription.created', aSubscription()))
    const deliver = (body: Uint8Array, { secret = SECRET, at = NOW, path = `${tenantId}.stripe` } = {}) =>
      app(
        new Request(`http://localhost/ingest/stripe/${path}`, {
          method: 'POST',
          body: new Uint8Array(body),
          headers: { 'stripe-signature': signatureHeader({ raw: body, secret, now: at.getTime() }) },
        }),
      )
    const lines = () => db.withTenant({ tenantId, viewer: 'TENANT' }, (tx) => tx.ledgerLine.count())

    for (const refused of [
      await deliver(raw, { secret: 'whsec_of_somebody_else' }),
      await deliver(raw, { at: new Date(NOW.getTime() + 301_000) }),
      await deliver(raw, { at: new Date(NOW.getTime() - 301_000) }),
      await deliver(raw, { path: `${tenantId}.nowhere` }),
      await deliver(raw, { path: 'nobody.stripe' }),
      await deliver(raw, { path: `${tenantId}.other` }),
    ]) {
      expect(refused.status).toBe(401)
    }
    const lastError = () =>
      db.withTenant({ tenantId, viewer: 'TENANT' }, async (tx) =>
        (await ingestionStatus(tx, tenantId, NOW)).map((status) => [status.source, status.lastError]),
      )
    // What is not signed leaves no trace; what is signed and cannot be read says why.
    expect(await lastError()).toEqual([
      ['other', null],
      ['stripe', null],
    ])
    expect((await deliver(new TextEncoder().encode('{"id":'))).status).toBe(400)
    expect(await lastError()).toEqual([
      ['other', null],
      ['stripe', expect.stringContaining('JSON')],
    ])
    expect((await deliver(raw, { path: 'Bad Path' })).status).toBe(404)
    expect(await lines()).toBe(0)

    const first = await deliver(raw)
    expect([first.status, await first.json()]).toEqual([200, expect.objectContaining({ outcome: 'POSTED' })])
    expect(await lines()).toBeGreaterThan(0)
    const posted = await lines()
    expect(await (await deliver(raw)).json()).toMatchObject({ outcome: 'DUPLICATE' })
    expect(await lines()).toBe(posted)
  })

  it('the secret lies sealed in the database', async () => {
    const db = await open()
    const { tenantId } = await aTenant(db, { source: 'other' })
    await saveStripeSource(db, { tenantId, name: 'stripe', webhookSecret: SECRET }, TEST_SECRET)
    const source = await db.withTenant({ tenantId, viewer: 'TENANT' }, (tx) =>
      tx.source.findFirst({ where: { name: 'stripe' } }),
    )
    expect(Buffer.from(source!.secret!).toString('latin1')).not.toContain('whsec')
  })
})
