import { describe, expect, it } from 'vitest'
import { eachDatabase } from '../testing/db.ts'
import { aKey, aSession, query } from '../testing/query.ts'
import { aLedger } from '../testing/small-ledger.ts'
import { globalId } from './ids.ts'

eachDatabase((open) => {
  describe('faults', () => {
    it('name the argument and what it should be', async () => {
      const db = await open()
      const { app, tenantId } = await aLedger(db)
      const token = await aKey(db, tenantId, ['read'])
      const cases: [string, string, string][] = [
        [
          '{ metric(key: mrr, range: { start: "2026-02-01", end: "2026-01-01" }) { unit } }',
          'range.end',
          'range.end must be after range.start',
        ],
        [
          '{ metric(key: mrr, range: { start: "2026-02-15", end: "2026-04-01" }) { unit } }',
          'range.start',
          'range.start is the first day of a month',
        ],
        ['{ metric(key: nrr, window: 5) { unit } }', 'window', 'it has 12, 3, 1'],
        ['{ metric(key: mrr, currency: "XXQ") { unit } }', 'currency', 'XXQ'],
        ['{ accounts(first: 501) { totalCount } }', 'first', 'first is at most 500'],
        ['{ accounts(after: "x") { totalCount } }', 'after', 'not a cursor'],
        ['{ account(id: "nonsense") { name } }', 'id', 'not an id'],
        [`{ account(id: "${globalId('Plan', 'x')}") { name } }`, 'id', 'the id of a Plan'],
        [`{ node(id: "${globalId('Plan', 'x')}") { id } }`, 'id', 'cannot be asked for by id'],
        ['{ account { name } }', 'id', 'Give either id or externalId'],
        ['{ explain(metric: nrr, at: "2026-01-02") { accounts } }', 'at', 'first day of a month'],
        ['{ metric(key: mrr, where: { accountIds: ["x"] }) { unit } }', 'where.accountIds[0]', 'not an id'],
      ]
      for (const [text, field, message] of cases) {
        const { errors } = await query(app, { token, query: text })
        expect(errors?.[0], text).toMatchObject({
          message: expect.stringContaining(message),
          extensions: { code: 'INVALID_INPUT', field },
        })
      }
    })

    it('of missing scopes and capabilities say which is missing', async () => {
      const db = await open()
      const { app, tenantId } = await aLedger(db)
      const ingest = await aKey(db, tenantId, ['ingest'])
      const read = await aKey(db, tenantId, ['read'])
      const seats = await aSession(db, tenantId, undefined, { capabilities: ['seats'] })
      const explains = await aSession(db, tenantId, undefined, { capabilities: ['explain'] })
      const birch = await aSession(db, tenantId, ['birch'])
      const cases: [string, string, string][] = [
        [ingest, '{ viewer { kind } }', 'lacks the scope "read"'],
        [
          read,
          'mutation { createEmbedSession(input: { viewer: TENANT, origins: ["https://a.example"] }) { token } }',
          'lacks the scope "embed:create"',
        ],
        [seats, 'mutation { revokeEmbedSessions(input: { all: true }) { revoked } }', 'lacks the scope "embed:create"'],
        [seats, '{ metric(key: nrr) { unit } }', 'lacks the capability "nrr"'],
        [seats, '{ waterfall(population: ALL) { accounts } }', 'lacks the capability "waterfall"'],
        [seats, '{ accounts { totalCount } }', 'lacks the capability "accounts"'],
        [seats, '{ explain(metric: mrr) { accounts } }', 'lacks the capability "explain"'],
        [explains, '{ explain(metric: grr) { accounts } }', 'lacks the capability "nrr"'],
        [
          birch,
          '{ metric(key: mrr, where: { attributes: [{ key: "tier", in: ["gold"] }] }) { unit } }',
          'not available to a viewer of some accounts',
        ],
      ]
      for (const [token, text, message] of cases) {
        const { errors } = await query(app, { token, query: text })
        expect(errors?.[0], text).toMatchObject({
          message: expect.stringContaining(message),
          extensions: { code: 'FORBIDDEN' },
        })
      }
      expect(
        (await query(app, { token: seats, query: '{ seatGrowth { purchased } metric(key: seats) { unit } }' })).errors,
      ).toBeUndefined()
    })
  })
})
