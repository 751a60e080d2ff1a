import { expect, it } from 'vitest'
import { accept } from '../ingest/accept.ts'
import { anAccount, delivered } from '../testing/build.ts'
import { eachDatabase } from '../testing/db.ts'
import { type AccountExport, exportAccount } from './export-account.ts'
import { heldEverywhere, NOW } from './testing/held-everywhere.ts'

const WANTED = 'Zephyrine'
const OTHER = 'Ottoline'

eachDatabase((open) => {
  it('has everything that is held of the account, and nothing of another', async () => {
    const db = await open()
    const context = await heldEverywhere(db, 'acme-saas', { erased: WANTED, other: OTHER })
    const { tenantId } = context
    // One delivery that names both, and one body that nobody reads and that names both.
    const both = { ...delivered('both', anAccount('other', '2026-04-01T00:00:00.000Z', { name: `${OTHER} of both` })) }
    const mine = anAccount('zed', '2026-04-01T00:00:00.000Z', { name: `${WANTED} of both` })
    const body = Buffer.from(JSON.stringify({ customers: ['zed', 'other'], holder: OTHER }))
    const mixed = {
      ...both,
      externalId: 'mixed',
      kind: 'unread',
      raw: body,
      account: null,
      events: [],
      ignored: 'unread',
    }
    await accept(db, context, [{ ...both, events: [...both.events, mine] }, mixed])
    let text = ''
    await exportAccount(db, { tenantId, by: 'key:k', now: NOW }, 'zed', async (json) => {
      text = json
    })
    expect(text).not.toContain(OTHER)
    const { accounts } = JSON.parse(text) as AccountExport
    expect(accounts.map(({ id }) => id)).toEqual(['stripe:twin', 'stripe:zed'])
    const [twin, zed] = accounts
    for (const [list, rows] of Object.entries(zed ?? {}))
      if (typeof rows !== 'string' && list !== 'shares')
        expect([list, JSON.stringify(rows)]).toEqual([list, expect.stringMatching(/Zephyrine|zed/)])
    const said = JSON.stringify(zed)
    for (const words of [
      'Ltd',
      'Inc',
      '@example.com',
      'cannot log in',
      'Training of',
      'called',
      'said so',
      'of both',
      'sub_zed',
    ])
      expect(said).toContain(words)
    expect(JSON.stringify(zed?.deliveries)).toContain('{\\"customer\\":\\"zed\\"')
    expect(twin?.lines).toHaveLength(4) // two, and both taken back when it was merged
    const noted = await db.withTenant({ tenantId, viewer: 'TENANT' }, (tx) =>
      tx.auditEntry.findMany({
        where: { action: 'ACCOUNT_EXPORTED' },
        select: { subject: true, detail: true },
        orderBy: { id: 'asc' },
      }),
    )
    expect(noted).toEqual(['stripe:twin', 'stripe:zed'].map((subject) => ({ subject, detail: {} })))
  })
})
