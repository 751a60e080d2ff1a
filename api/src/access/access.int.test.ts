import type { Database } from '@nobishiro/prisma'
import { describe, expect, it } from 'vitest'
import { accept } from '../ingest/accept.ts'
import { saveSegment } from '../segments/save-segment.ts'
import { anAccount, aTenant, delivered } from '../testing/build.ts'
import { eachDatabase } from '../testing/db.ts'
import { TEST_ORIGIN } from '../testing/query.ts'
import { readAudit } from './audit.ts'
import { createAuthenticator } from './authenticate.ts'
import { createKey, listKeys, revokeKey, rotateKey } from './keys.ts'
import { createScopes } from './scopes.ts'
import { listSessions, mintSession, revokeSessions } from './sessions.ts'

const START = new Date('2026-11-22T00:00:00Z')

/** A tenant with two accounts, a clock that can be moved, and a way to present a credential. */
async function aDoor(db: Database) {
  const { tenantId } = await aTenant(db)
  await accept(db, { tenantId, source: 'stripe', clock: () => START }, [
    delivered('e1', anAccount('cus_1', '2026-01-01T00:00:00.000Z')),
    delivered('e2', anAccount('cus_2', '2026-01-01T00:00:00.000Z')),
  ])
  let at = START
  const authenticate = createAuthenticator({ db, now: () => at })
  const present = (token: string, headers: Record<string, string> = {}) =>
    authenticate(new Headers({ authorization: `Bearer ${token}`, ...headers }))
  const mint = (input: object) => mintSession(db, { tenantId, keyId: 'k' }, input, at)
  const pass = (seconds: number) => {
    at = new Date(at.getTime() + seconds * 1_000)
  }
  return { db, tenantId, present, mint, pass, now: () => at }
}

eachDatabase((open) => {
  describe('a key', () => {
    it('opens the door of its tenant with its scopes, and notes its use once a minute', async () => {
      const { db, tenantId, present, pass } = await aDoor(await open())
      const key = await createKey(db, { tenantId, name: 'reports', scopes: ['read'], by: 'test', now: START })
      const lastUse = async () => (await listKeys(db, tenantId))[0]!.lastUsedAt?.getTime()
      expect(await lastUse()).toBeUndefined()
      expect(await present(key.token)).toMatchObject({ kind: 'KEY', tenantId, scopes: ['read'] })
      pass(30)
      await present(key.token)
      expect(await lastUse()).toBe(START.getTime())
      pass(31)
      await present(key.token)
      expect(await lastUse()).toBe(START.getTime() + 61_000)
    })

    it('is stored as a hash, and listed without it', async () => {
      const { db, tenantId } = await aDoor(await open())
      const key = await createKey(db, { tenantId, name: 'reports', scopes: ['read'], by: 'test', now: START })
      const rows = await db.withTenant({ tenantId, viewer: 'TENANT' }, (tx) => tx.apiKey.findMany())
      const spelled = JSON.stringify(
        rows.map((row) => ({ ...row, sha256: Buffer.from(row.sha256).toString('latin1') })),
      )
      expect(spelled).not.toContain(key.token.split('_')[2])
      expect((await listKeys(db, tenantId))[0]).not.toHaveProperty('sha256')
    })

    it('stops working within 10 seconds of its revocation, and at its expiry', async () => {
      const { db, tenantId, present, pass, now } = await aDoor(await open())
      const key = await createKey(db, { tenantId, name: 'a', scopes: ['read'], by: 'test', now: START })
      const brief = await createKey(db, {
        tenantId,
        name: 'b',
        scopes: ['read'],
        expiresAt: new Date(START.getTime() + 5_000),
        by: 'test',
        now: START,
      })
      await present(key.token)
      await present(brief.token)
      await revokeKey(db, { tenantId, id: key.id, by: 'test', now: now() })
      pass(5)
      await expect(present(brief.token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
      pass(5)
      await expect(present(key.token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
      await expect(revokeKey(db, { tenantId, id: key.id, by: 'test', now: now() })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      })
    })

    it('ends on time under fifty requests a second, and none is refused while it is replaced', async () => {
      const { db, tenantId, present, pass, now } = await aDoor(await open())
      const key = (name: string) => createKey(db, { tenantId, name, scopes: ['read'], by: 'test', now: START })
      const [revoked, old] = [await key('a'), await key('b')]
      /** Whether each of so many seconds' requests was let in, one every 20 ms. */
      const ask = async (seconds: number, ...tokens: string[]) => {
        const answers: string[] = []
        for (let request = 0; request < 50 * seconds; request += 1) {
          const found = await Promise.allSettled(tokens.map((token) => present(token)))
          answers.push(found.map(({ status }) => (status === 'fulfilled' ? 'in' : 'out')).join(' '))
          pass(0.02)
        }
        return answers
      }
      expect(new Set(await ask(2, revoked.token, old.token))).toEqual(new Set(['in in']))
      await revokeKey(db, { tenantId, id: revoked.id, by: 'test', now: now() })
      const after = await ask(12, revoked.token, old.token)
      const end = after.indexOf('out in')
      expect(end).toBeLessThanOrEqual(10 * 50)
      expect(new Set(after.slice(end))).toEqual(new Set(['out in']))
      const fresh = await rotateKey(db, { tenantId, id: old.id, overlapHours: 1, by: 'test', now: now() })
      expect(new Set(await ask(3, old.token, fresh.token))).toEqual(new Set(['in in']))
      pass(3_600)
      expect(new Set(await ask(1, old.token, fresh.token))).toEqual(new Set(['out in']))
    })

    it('is replaced by one like it, and both work until the overlap is over', async () => {
      const { db, tenantId, present, pass, now } = await aDoor(await open())
      const expiresAt = new Date(START.getTime() + 90 * 86_400_000)
      const by = 'test'
      const old = await createKey(db, { tenantId, name: 'a', scopes: ['read', 'ingest'], expiresAt, by, now: START })
      pass(3_600)
      const fresh = await rotateKey(db, { tenantId, id: old.id, overlapHours: 2, by, now: now() })
      expect(await present(fresh.token)).toMatchObject({ scopes: ['read', 'ingest'] })
      await present(old.token)
      const [first, second] = await listKeys(db, tenantId)
      expect(first!.expiresAt).toEqual(new Date(START.getTime() + 3 * 3_600_000))
      expect(second).toMatchObject({ name: 'a', expiresAt: new Date(expiresAt.getTime() + 3_600_000) })
      pass(2 * 3_600)
      await expect(present(old.token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
      await present(fresh.token)
      const again = { tenantId, id: old.id, overlapHours: 2, by, now: now() }
      await expect(rotateKey(db, again)).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await expect(rotateKey(db, { ...again, id: fresh.id, overlapHours: 169 })).rejects.toThrow('between 0 and 168')
    })

    it('leaves a trace of all that happens to it, which nobody can rewrite', async () => {
      const { db, tenantId } = await aDoor(await open())
      const key = await createKey(db, { tenantId, name: 'reports', scopes: ['read'], by: 'key:boss', now: START })
      const fresh = await rotateKey(db, { tenantId, id: key.id, overlapHours: 0, by: 'key:boss', now: START })
      await revokeKey(db, { tenantId, id: fresh.id, by: 'cli', now: START })
      await expect(revokeKey(db, { tenantId, id: fresh.id, by: 'cli', now: START })).rejects.toThrow('no live key')
      const { items, total } = await readAudit(db, tenantId, { offset: 0, limit: 2 })
      expect(total).toBe(3)
      expect(items).toMatchObject([
        { by: 'cli', action: 'KEY_REVOKED', subject: fresh.id },
        { by: 'key:boss', action: 'KEY_ROTATED', subject: key.id, detail: { by: fresh.id } },
      ])
      const context = { tenantId, viewer: 'TENANT' } as const
      await expect(db.withTenant(context, (tx) => tx.auditEntry.deleteMany())).rejects.toThrow(/permission denied/)
      await expect(db.withTenant(context, (tx) => tx.auditEntry.updateMany({ data: { by: 'me' } }))).rejects.toThrow(
        /permission denied/,
      )
      const scope = await createScopes(db).keep(tenantId, ['stripe:cus_1'], START)
      const asAccount = { tenantId, viewer: 'SCOPE', scope } as const
      expect(await db.withTenant(asAccount, (tx) => tx.auditEntry.count())).toBe(0)
    })

    it.each([
      [{ name: ' ' }, 'name says what the key is for'],
      [{ scopes: [] }, 'scopes names at least one of'],
      [{ expiresAt: START }, 'expiresAt lies in the future'],
    ])('is not made with %j', async (wrong, message) => {
      const { db, tenantId } = await aDoor(await open())
      const key = { tenantId, name: 'a', scopes: ['read'], by: 'test', now: START }
      await expect(createKey(db, { ...key, ...wrong })).rejects.toThrow(message)
      expect(await listKeys(db, tenantId)).toEqual([])
    })

    it('cannot be made for an unknown tenant or scope', async () => {
      const { db, tenantId } = await aDoor(await open())
      await expect(
        createKey(db, { tenantId: 'nobody', name: 'a', scopes: ['read'], by: 'test', now: START }),
      ).rejects.toMatchObject({
        code: 'NOT_FOUND',
      })
      await expect(createKey(db, { tenantId, name: 'a', scopes: ['write'], by: 'test', now: START })).rejects.toThrow(
        'Unknown scope "write"',
      )
    })

    it('of one tenant is nothing to another, even with the same id', async () => {
      const { db, tenantId, present } = await aDoor(await open())
      await aTenant(db, { id: 'other' })
      const { token } = await createKey(db, { tenantId, name: 'a', scopes: ['read'], by: 'test', now: START })
      const { mintToken } = await import('./tokens.ts')
      await expect(present(mintToken('KEY', 'other').text)).rejects.toThrow('unknown or was revoked')
      await expect(present(token.replace(tenantId, 'other'))).rejects.toThrow('unknown or was revoked')
    })
  })

  describe('a session', () => {
    it('is for accounts of its tenant, named by our id or by the source’s', async () => {
      const { present, mint } = await aDoor(await open())
      const session = await mint({ accountIds: ['cus_1', 'stripe:cus_2'], origins: [TEST_ORIGIN] })
      expect(await present(session.token, { origin: TEST_ORIGIN })).toMatchObject({
        kind: 'SESSION',
        viewer: { kind: 'ACCOUNT', limits: [{ accountIds: ['stripe:cus_1', 'stripe:cus_2'] }] },
      })
      await expect(mint({ accountIds: ['cus_9'], origins: [TEST_ORIGIN] })).rejects.toThrow(
        '"cus_9" is not an account of this tenant',
      )
    })

    it('works from its own pages only', async () => {
      const { present, mint } = await aDoor(await open())
      const { token } = await mint({ viewer: 'TENANT', origins: [TEST_ORIGIN] })
      expect(await present(token, { origin: TEST_ORIGIN })).toMatchObject({ viewer: { kind: 'TENANT', limits: [] } })
      await expect(present(token)).rejects.toMatchObject({ code: 'FORBIDDEN' })
      for (const origin of [
        'https://evil.example',
        `${TEST_ORIGIN}:8443`,
        'null',
        TEST_ORIGIN.replace('https', 'http'),
      ]) {
        await expect(present(token, { origin })).rejects.toMatchObject({ code: 'FORBIDDEN' })
      }
    })

    it('ends by itself, to the second', async () => {
      const { present, mint, pass } = await aDoor(await open())
      const { token, expiresAt } = await mint({ viewer: 'TENANT', origins: [TEST_ORIGIN], ttlSeconds: 60 })
      expect(expiresAt.getTime() - START.getTime()).toBe(60_000)
      pass(59)
      await present(token, { origin: TEST_ORIGIN })
      pass(1)
      await expect(present(token, { origin: TEST_ORIGIN })).rejects.toMatchObject({ code: 'SESSION_EXPIRED' })
    })

    it('ends within 10 seconds when it, its account, its segment or all are revoked', async () => {
      const { db, tenantId, present, mint, pass, now } = await aDoor(await open())
      const one = await mint({ accountIds: ['cus_1'], origins: [TEST_ORIGIN] })
      const two = await mint({ accountIds: ['cus_2'], origins: [TEST_ORIGIN] })
      const rule = { region: ['JP'] }
      const segment = await saveSegment(db, { tenantId, now: now() }, { name: 'Japan', rule })
      const other = await saveSegment(db, { tenantId, now: now() }, { name: 'Elsewhere', rule: { not: rule } })
      const both = await mint({ viewer: 'SEGMENT', segmentIds: [segment.id, other.id], origins: [TEST_ORIGIN] })
      const all = await mint({ viewer: 'TENANT', origins: [TEST_ORIGIN] })
      for (const { token } of [one, two, both, all]) await present(token, { origin: TEST_ORIGIN })
      expect(await revokeSessions(db, { tenantId, by: 'test', now: now() }, { sessionId: one.sessionId })).toBe(1)
      expect(await revokeSessions(db, { tenantId, by: 'test', now: now() }, { accountId: 'cus_2' })).toBe(1)
      expect(await revokeSessions(db, { tenantId, by: 'test', now: now() }, { segmentId: segment.id })).toBe(1)
      pass(10)
      for (const { token } of [one, two, both]) {
        await expect(present(token, { origin: TEST_ORIGIN })).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
      }
      await present(all.token, { origin: TEST_ORIGIN })
      expect(await listSessions(db, tenantId, now())).toHaveLength(1)
      expect(await revokeSessions(db, { tenantId, by: 'test', now: now() }, { all: true })).toBe(1)
      pass(10)
      await expect(present(all.token, { origin: TEST_ORIGIN })).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    })
  })
})
