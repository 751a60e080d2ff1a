import { describe, expect, it } from 'vitest'
import { aTenant } from '../testing/build.ts'
import { eachDatabase } from '../testing/db.ts'
import { aKey, anApp, aSession, query } from '../testing/query.ts'

eachDatabase((open) => {
  async function aDoor() {
    const db = await open()
    const { tenantId } = await aTenant(db)
    const app = anApp(db)
    const ask = async (token: string, text: string) => {
      const { data, errors } = await query(app, { token, query: text })
      return {
        data: data as Record<string, unknown>,
        code: errors?.[0]?.extensions['code'],
        message: errors?.[0]?.message,
      }
    }
    return { db, app, tenantId, ask, admin: await aKey(db, tenantId, ['admin']) }
  }

  describe('keys over GraphQL', () => {
    it('are made, rotated, listed and revoked, and each change is in the log', async () => {
      const { ask, admin } = await aDoor()
      const made = await ask(admin, 'mutation { createApiKey(input: { name: "bi", scopes: ["read"] }) { id token } }')
      const { id, token } = made.data['createApiKey'] as { id: string; token: string }
      expect((await ask(token, '{ viewer { scopes } }')).data).toEqual({ viewer: { scopes: ['read'] } })
      const rotated = await ask(admin, `mutation { rotateApiKey(id: "${id}", overlapHours: 1) { id token } }`)
      const fresh = rotated.data['rotateApiKey'] as { id: string; token: string }
      expect((await ask(fresh.token, '{ viewer { scopes } }')).data).toEqual({ viewer: { scopes: ['read'] } })
      expect((await ask(admin, `mutation { revokeApiKey(id: "${fresh.id}") }`)).data).toEqual({
        revokeApiKey: fresh.id,
      })
      const { data } = await ask(
        admin,
        '{ apiKeys { name lastFour expiresAt revokedAt } auditLog { totalCount edges { node { by action subject detail } } } }',
      )
      const keys = data['apiKeys'] as { name: string; lastFour: string; revokedAt: string | null }[]
      expect(keys.map(({ name, revokedAt }) => `${name} ${revokedAt !== null}`).sort()).toEqual([
        'bi false',
        'bi true',
        'test false',
      ])
      const replaced = keys.find(({ name, revokedAt }) => name === 'bi' && revokedAt === null)
      expect(replaced?.lastFour).toBe(token.slice(-4))
      const log = data['auditLog'] as { totalCount: number; edges: { node: { by: string; action: string } }[] }
      expect(log.totalCount).toBe(4)
      expect(log.edges.map(({ node }) => node.action)).toEqual([
        'KEY_REVOKED',
        'KEY_ROTATED',
        'KEY_CREATED',
        'KEY_CREATED',
      ])
      expect(log.edges[0]!.node.by).toMatch(/^key:/)
      expect(JSON.stringify(data)).not.toContain(token.split('_')[2])
    })

    it.each([
      'mutation { createApiKey(input: { name: "x", scopes: ["admin"] }) { token } }',
      'mutation { rotateApiKey(id: "x") { token } }',
      'mutation { revokeApiKey(id: "x") }',
      '{ apiKeys { id } }',
      '{ auditLog { totalCount } }',
    ])('%s takes an admin key', async (text) => {
      const { db, tenantId, ask } = await aDoor()
      const weak = await aKey(db, tenantId, ['read', 'ingest', 'embed:create'])
      for (const token of [weak, await aSession(db, tenantId)]) expect((await ask(token, text)).code).toBe('FORBIDDEN')
    })

    it('of another tenant are not there', async () => {
      const { db, ask, admin } = await aDoor()
      await aTenant(db, { id: 'other' })
      const theirs = await aKey(db, 'other')
      const id = /\.(\w{12})_/.exec(theirs)?.[1]
      for (const text of [`mutation { revokeApiKey(id: "${id}") }`, `mutation { rotateApiKey(id: "${id}") { token } }`])
        expect((await ask(admin, text)).code).toBe('NOT_FOUND')
      expect((await ask(theirs, '{ viewer { kind } }')).code).toBeUndefined()
    })
  })

  it('live sessions are listed without their secrets, to keys that may mint them', async () => {
    const { db, tenantId, ask } = await aDoor()
    const session = await aSession(db, tenantId)
    const minter = await aKey(db, tenantId, ['embed:create', 'read'])
    const { data } = await ask(minter, '{ embedSessions { id viewer accountIds origins keyId } }')
    expect(data).toEqual({
      embedSessions: [
        {
          id: session.split(/[._]/)[2],
          viewer: 'TENANT',
          accountIds: [],
          origins: ['https://app.example.com'],
          keyId: 'test',
        },
      ],
    })
    expect((await ask(await aKey(db, tenantId, ['read']), '{ embedSessions { id } }')).code).toBe('FORBIDDEN')
  })
})
