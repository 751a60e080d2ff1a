import { crc32 } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { App } from '../app.ts'
import { aTenant } from '../testing/build.ts'
import { counted } from '../testing/counted.ts'
import { eachDatabase } from '../testing/db.ts'
import { aKey, anApp, aSession } from '../testing/query.ts'
import { mintToken } from './tokens.ts'

/** The text with a checksum that fits: only the look-up can tell. */
function sealed(body: string): string {
  return `${body}_${crc32(body).toString(36)}`
}

/** Tokens that are not the key, though most look like it. */
function forgeries(key: string, session: string): string[] {
  const [prefix, middle, secret = '', check = ''] = key.split('_')
  const [tenantId, id = ''] = (middle ?? '').split('.')
  const body = (parts: { prefix?: string; tenant?: string; id?: string; secret?: string }) =>
    `${parts.prefix ?? prefix}_${parts.tenant ?? tenantId}.${parts.id ?? id}_${parts.secret ?? secret}`
  const flipped = secret.replace(/.$/, (last) => (last === 'a' ? 'b' : 'a'))
  return [
    key.slice(0, -1),
    key.slice(1),
    `${key}0`,
    key.toUpperCase(),
    key.replace('nbk', 'nbs'),
    key.replace('_', '-'),
    `${key} ${key}`,
    `${body({ secret: flipped })}_${check}`,
    sealed(body({ secret: flipped })),
    sealed(body({ secret: [...secret].reverse().join('') })),
    sealed(body({ secret: '0'.repeat(43) })),
    sealed(body({ id: [...id].reverse().join('') })),
    sealed(body({ tenant: 'tenant-b' })),
    sealed(body({ tenant: 'nobody' })),
    sealed(body({ prefix: 'nbs' })),
    sealed(body({ tenant: '../etc' })),
    sealed(body({ id: "' OR 1=1 --" })),
    sealed(session.slice(0, session.lastIndexOf('_')).replace('nbs', 'nbk')),
    mintToken('KEY', 'tenant-a').text,
    mintToken('KEY', 'tenant-b').text,
    mintToken('SESSION', 'tenant-a').text,
    'nbk_',
    'null',
    'eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.',
    'x'.repeat(5_000),
  ]
}

function present(app: App, token: string): Promise<Response> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
  const body = JSON.stringify({ query: '{ viewer { kind } }' })
  return app(new Request('http://localhost/graphql', { method: 'POST', headers, body }))
}

eachDatabase((open) => {
  describe('a forged or damaged credential', () => {
    it('gets one and the same 401, after at most one look-up', async () => {
      const db = counted(await open())
      for (const id of ['tenant-a', 'tenant-b']) await aTenant(db, { id })
      const key = await aKey(db, 'tenant-a')
      const app = anApp(db)
      const said = new Set<string>()
      const forged = forgeries(key, await aSession(db, 'tenant-a'))
      expect(forged).toHaveLength(25)
      for (const token of forged) {
        const before = db.transactions
        const response = await present(app, token)
        const text = await response.text()
        expect(response.status, token).toBe(401)
        expect(db.transactions - before, token).toBeLessThanOrEqual(1)
        said.add(text)
      }
      expect([...said]).toHaveLength(1)
      expect((await present(app, key)).status).toBe(200)
    })

    it('costs no look-up where its shape or checksum is wrong', async () => {
      const db = counted(await open())
      await aTenant(db, { id: 'tenant-a' })
      const key = await aKey(db, 'tenant-a')
      const app = anApp(db)
      const before = db.transactions
      for (const token of [key.slice(0, -1), `${key}0`, 'nbk_', 'null', key.replace('nbk', 'nbs')])
        await present(app, token)
      expect(db.transactions).toBe(before)
    })
  })
})
