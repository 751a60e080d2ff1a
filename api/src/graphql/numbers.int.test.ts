import { describe, expect, it } from 'vitest'
import { eachDatabase } from '../testing/db.ts'
import { aSession } from '../testing/query.ts'
import { aLedger, asker } from '../testing/small-ledger.ts'

eachDatabase((open) => {
  describe('numbers', () => {
    it('carry their terms, definition, version and completeness', async () => {
      const { ask } = await aLedger(await open())
      const { metrics } =
        await ask(`{ metrics(keys: [nrr, grr, mrr], range: { start: "2026-03-01", end: "2026-05-01" }) {
        definition { key label { en ja } } window currency
        values { period { start end } value reason completeness version numerator { value money { minor } } denominator { value } definition { key version } }
        total { value money { minor } } } }`)
      expect(metrics).toMatchObject([
        {
          definition: { key: 'nrr' },
          window: 12,
          currency: 'USD',
          values: [
            {
              period: { start: '2026-03-01', end: '2026-04-01' },
              completeness: 'COMPLETE',
              version: '1',
              numerator: { value: '950.00', money: { minor: '95000' } },
              denominator: { value: '150.00' },
              definition: { key: 'nrr', version: 'nobishiro/1' },
            },
            {},
          ],
        },
        { definition: { key: 'grr' }, values: [{ value: '1' }, { value: '1' }] },
        { definition: { key: 'mrr' }, total: { value: '950.00', money: { minor: '95000' } } },
      ])
      const [nrr] = metrics as unknown as { values: { value: string }[] }[]
      expect(Number(nrr!.values[0]!.value)).toBeCloseTo(950 / 150, 9)
    })

    it('of the cohort bridge divide to NRR and GRR, and explain lands on them', async () => {
      const { ask } = await aLedger(await open())
      const range = '{ start: "2026-10-01", end: "2026-11-01" }'
      const answer = await ask(`{
        metric(key: nrr, range: ${range}) { total { value } }
        waterfall(population: COHORT, range: ${range}) { nrr reconciles opening { minor } closing { minor } steps { key amount { minor } topAccounts { account { name } } } }
        explain(metric: nrr, at: "2026-10-01") { reconciles difference { minor } value { value } accounts
          spans { totalCount edges { node { account { name } opening { minor } closing { minor } runningTotal { minor } } } }
          bridge { nrr } sentence { en ja } } }`)
      const { metric, waterfall, explain } = answer as Record<string, Record<string, unknown>>
      const nrr = (metric!['total'] as { value: string }).value
      expect(nrr).toBe('6')
      expect(waterfall).toMatchObject({
        nrr,
        reconciles: true,
        opening: { minor: '15000' },
        closing: { minor: '90000' },
      })
      expect(explain).toMatchObject({
        reconciles: true,
        difference: { minor: '0' },
        value: { value: nrr },
        accounts: 2,
        bridge: { nrr },
        spans: { totalCount: 2 },
      })
      const edges = (explain!['spans'] as { edges: { node: { runningTotal: { minor: string } } }[] }).edges
      expect(edges.at(-1)!.node.runningTotal.minor).toBe('75000')
    })

    it('say who asks and how far the data reaches', async () => {
      const { db, tenantId, app, ask } = await aLedger(await open())
      expect(
        await ask(
          '{ viewer { kind tenant { id currency timeZone fiscalYearStart } accountIds scopes version dataThrough firstMonth } }',
        ),
      ).toEqual({
        viewer: {
          kind: 'TENANT',
          tenant: { id: tenantId, currency: 'USD', timeZone: 'UTC', fiscalYearStart: 1 },
          accountIds: null,
          scopes: ['read'],
          version: '1',
          dataThrough: '2026-11-21',
          firstMonth: '2025-01-01',
        },
      })
      const session = asker(app, await aSession(db, tenantId, ['birch'], { capabilities: ['nrr'] }))
      expect(await session('{ viewer { kind accountIds capabilities scopes firstMonth } }')).toEqual({
        viewer: {
          kind: 'ACCOUNT',
          accountIds: ['stripe:birch'],
          capabilities: ['nrr'],
          scopes: ['read'],
          firstMonth: '2025-02-01',
        },
      })
    })
  })
})
