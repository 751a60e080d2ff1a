import type { Database } from '@nobishiro/prisma'
import { expect, it } from 'vitest'
import { replayInbox } from '../ingest/replay-inbox.ts'
import { sample } from '../ingest/sources/generic/testing.ts'
import { ingestionStatus } from '../ingest/status.ts'
import { ledgerHash } from '../ledger/hash.ts'
import { verify } from '../ledger/verify.ts'
import { aTenant } from '../testing/build.ts'
import { eachDatabase } from '../testing/db.ts'
import { aKey, anApp } from '../testing/query.ts'

const NOW = new Date('2026-11-22T00:00:00Z')
const COUNTS = { accepted: 0, duplicate: 0, conflict: 0, ignored: 0, invalid: 0 }
const see = <T>(db: Database, tenantId: string, query: Parameters<typeof db.withTenant<T>>[1]) =>
  db.withTenant({ tenantId, viewer: 'TENANT' }, query)
const hashOf = (db: Database, tenantId: string) => see(db, tenantId, (tx) => ledgerHash(tx, tenantId))
const observationsOf = (db: Database, tenantId: string) =>
  see(db, tenantId, (tx) =>
    tx.observation.findMany({ omit: { tenantId: true }, orderBy: [{ kind: 'asc' }, { externalId: 'asc' }] }),
  )

type Sending = { token: string; key?: string; type?: string; search?: string }

function sender(db: Database) {
  const app = anApp(db)
  return async (body: string, { token, key, type = 'application/x-ndjson', search = '' }: Sending) => {
    const response = await app(
      new Request(`http://localhost/ingest/events${search}`, {
        method: 'POST',
        body,
        headers: { authorization: `Bearer ${token}`, 'content-type': type, ...(key ? { 'idempotency-key': key } : {}) },
      }),
    )
    const text = await response.text()
    return { status: response.status, text, json: JSON.parse(text) }
  }
}

const account = (id: string, name: string) =>
  JSON.stringify({ kind: 'account', id, at: '2026-01-01T00:00:00Z', account: 'A', name })

/** A database whose transactions, once it is held, do their work and do not end before they are let go. */
function aHeldDatabase(db: Database) {
  let isHeld = false
  let letGo = () => {}
  let reach = () => {}
  const open = new Promise<void>((done) => {
    letGo = done
  })
  const withTenant: Database['withTenant'] = (context, work, options) =>
    db.withTenant(
      context,
      async (tx) => {
        const result = await work(tx)
        if (!isHeld) return result
        reach()
        await open
        return result
      },
      options,
    )
  const hold = () => {
    isHeld = true
    return new Promise<void>((done) => {
      reach = done
    })
  }
  return { db: { ...db, withTenant }, hold, letGo: () => letGo() }
}

eachDatabase((open) => {
  it('the sample twice adds nothing, verifies, and gives the same ledger and observations in any order and again', async () => {
    const db = await open()
    const send = sender(db)
    const { tenantId } = await aTenant(db, { id: 'orderly' })
    const token = await aKey(db, tenantId, ['ingest'])
    const first = await send(sample(), { token })
    expect([first.status, first.json]).toMatchObject([200, { ...COUNTS, accepted: 16 }])
    expect((await send(sample(), { token })).json).toMatchObject({ ...COUNTS, duplicate: 16 })
    const proof = await verify(db, tenantId, NOW)
    expect(proof.checks.flatMap(({ problems }) => problems)).toEqual([])
    const [hash, observations] = [await hashOf(db, tenantId), await observationsOf(db, tenantId)]
    expect(observations.map(({ kind }) => kind)).toEqual([
      ...[
        'CONTACT',
        'ENTITLEMENT',
        'ENTITLEMENT',
        'FEATURE',
        'INTEGRATION',
        'INVOICE_LINE',
        'SATISFACTION',
        'SPEND',
        'TICKET',
      ],
    ])
    const seats = await see(db, tenantId, (tx) =>
      tx.ledgerLine.findMany({ where: { strategy: 'SEAT' }, select: { seats: true } }),
    )
    expect(seats.map((line) => line.seats)).toContain(47)

    const messy = await aTenant(db, { id: 'messy' })
    const other = await aKey(db, messy.tenantId, ['ingest'])
    const lines = sample().trim().split('\n').reverse()
    for (let start = 0; start < lines.length; start += 3) {
      await send(`[${lines.slice(start, start + 3).join(',')}]`, { token: other, type: 'application/json' })
    }
    expect(await hashOf(db, messy.tenantId)).toBe(hash)
    expect(await observationsOf(db, messy.tenantId)).toEqual(observations)

    const copy = await open()
    await replayInbox(db, copy, tenantId, () => NOW)
    expect(await hashOf(copy, tenantId)).toBe(hash)
    expect(await observationsOf(copy, tenantId)).toEqual(observations)
  })

  it('sound lines count beside invalid ones, unless the batch is atomic', async () => {
    const db = await open()
    const send = sender(db)
    const { tenantId } = await aTenant(db)
    const token = await aKey(db, tenantId, ['ingest'])
    const mixed = `${account('e1', 'Acme')}\n{"kind":"account","id":"e2","at":"yesterday","account":"A"}\n`
    const atomic = await send(mixed, { token, search: '?atomic=true' })
    expect([atomic.status, atomic.json.results]).toEqual([
      400,
      [
        { line: 1, id: 'e1', outcome: 'NOT_ACCEPTED' },
        expect.objectContaining({ line: 2, id: 'e2', outcome: 'INVALID', field: 'at', value: '"yesterday"' }),
      ],
    ])
    const written = () =>
      see(db, tenantId, async (tx) => [await tx.inbox.count(), await tx.account.count(), await tx.source.count()])
    expect(await written()).toEqual([0, 0, 1])
    const partial = await send(mixed, { token })
    expect([partial.status, partial.json]).toMatchObject([200, { ...COUNTS, accepted: 1, invalid: 1 }])
    expect(await written()).toEqual([1, 1, 2])
    const status = await see(db, tenantId, (tx) => ingestionStatus(tx, tenantId, NOW))
    expect(status.find(({ source }) => source === 'events')?.lastError).toContain('events, line 2: at is "yesterday"')
  })

  it('the same id with another body is a conflict, 409 when there is nothing else', async () => {
    const db = await open()
    const send = sender(db)
    const { tenantId } = await aTenant(db)
    const token = await aKey(db, tenantId, ['ingest'])
    await send(account('e1', 'Acme'), { token })
    const { status, json } = await send(account('e1', 'Bolt'), { token })
    expect([status, json.results[0].outcome]).toEqual([409, 'CONFLICT'])
    const names = await see(db, tenantId, (tx) => tx.account.findMany({ select: { name: true } }))
    expect(names).toEqual([{ name: 'Acme' }])
  })

  it('an Idempotency-Key answers the same bytes again, and refuses another body and a second request under way', async () => {
    const db = await open()
    const held = aHeldDatabase(db)
    const send = sender(held.db)
    const { tenantId } = await aTenant(db)
    const token = await aKey(db, tenantId, ['ingest'])
    await send(account('e0', 'Acme'), { token }) // from here on its key is known without the database
    const reached = held.hold()
    const answering = send(account('e1', 'Acme'), { token, key: 'k-1' })
    await reached
    expect((await send(account('e1', 'Acme'), { token, key: 'k-1' })).status).toBe(409)
    held.letGo()
    const first = await answering
    expect(first.status).toBe(200)
    const again = await send(account('e1', 'Acme'), { token, key: 'k-1' })
    expect(again.text).toBe(first.text)
    expect(again.json).toMatchObject({ ...COUNTS, accepted: 1 })
    const other = await send(account('e2', 'Bolt'), { token, key: 'k-1' })
    expect([other.status, other.json.errors[0].extensions.code]).toEqual([422, 'CONFLICT'])
    expect((await send(account('e1', 'Acme'), { token, key: 'k-2' })).json).toMatchObject({ duplicate: 1 })
    expect((await send(account('e1', 'Acme'), { token, key: 'a key' })).status).toBe(400)
  })

  it('twenty retries at once under one key have one effect, and none is told anything else', async () => {
    const db = await open()
    const { tenantId } = await aTenant(db)
    const token = await aKey(db, tenantId, ['ingest'])
    const [send, elsewhere] = [sender(db), sender(db)]
    const batch = Array.from({ length: 50 }, (_, index) => account(`e${index}`, 'Acme')).join('\n')
    const retry = (_: unknown, index: number) => (index % 2 ? send : elsewhere)(batch, { token, key: 'k' })
    const answers = await Promise.all(Array.from({ length: 20 }, retry))
    const [answered, waiting] = [
      answers.filter(({ status }) => status === 200),
      answers.filter(({ status }) => status === 409),
    ]
    expect(answered.length + waiting.length).toBe(20)
    expect(new Set(answered.map(({ text }) => text)).size).toBe(1)
    expect(answered[0]?.json).toMatchObject({ ...COUNTS, accepted: 50 })
    expect(await see(db, tenantId, (tx) => tx.inbox.count())).toBe(50)
    expect((await send(batch, { token, key: 'k' })).text).toBe(answered[0]?.text)
  })

  it('a transaction that fails in the middle leaves nothing of 1,000 events, and no answer to repeat', async () => {
    const db = await open()
    const { tenantId } = await aTenant(db)
    const token = await aKey(db, tenantId, ['ingest'])
    const batch = Array.from({ length: 1_000 }, (_, index) => account(`e${index}`, `Acme ${index}`)).join('\n')
    // The connection goes away after everything was written and before it was committed.
    const dying: Database = {
      ...db,
      withTenant: (context, work, options) =>
        db.withTenant(
          context,
          async (tx) => {
            const result = await work(tx)
            if ((await tx.inbox.count()) > 0) throw new Error('killed')
            return result
          },
          options,
        ),
    }
    expect((await sender(dying)(batch, { token, key: 'k' })).status).toBe(500)
    const left = () =>
      see(db, tenantId, async (tx) => [
        await tx.inbox.count(),
        await tx.account.count(),
        await tx.idempotentAnswer.count(),
      ])
    expect(await left()).toEqual([0, 0, 0])
    expect((await sender(db)(batch, { token, key: 'k' })).json).toMatchObject({ ...COUNTS, accepted: 1_000 })
    expect(await left()).toEqual([1_000, 1, 1])
  })

  it('takes a key that may ingest, a format it reads and a source that is its own', async () => {
    const db = await open()
    const send = sender(db)
    const { tenantId } = await aTenant(db)
    const [reading, token] = [await aKey(db, tenantId, ['read']), await aKey(db, tenantId, ['ingest'])]
    const event = account('e1', 'Acme')
    expect((await send(event, { token: reading })).status).toBe(403)
    expect((await send(event, { token, type: 'text/plain' })).status).toBe(415)
    expect((await send(event, { token, search: '?source=My+CRM' })).status).toBe(400)
    const taken = await send(event, { token, search: '?source=stripe' })
    expect([taken.status, taken.json.errors[0].message]).toEqual([
      409,
      expect.stringContaining('is connected to STRIPE'),
    ])
    expect((await send('x'.repeat(5 * 1_048_576 + 1), { token })).status).toBe(413)
    expect((await send('[', { token, type: 'application/json' })).status).toBe(400)
  })
})
