import { describe, expect, it } from 'vitest'
import { eachDatabase } from '../testing/db.ts'
import { aKey, anApp, aSession, query } from '../testing/query.ts'
import { aLedger } from '../testing/small-ledger.ts'
import { globalId } from './ids.ts'

const aozora = globalId('Account', 'stripe:aozora')
const PAYLOAD = '{ correction { id kind reason accounts { name } details undone { reason } } linesAppended }'
const MIX = `{ strategyMix(range: { start: "2026-03-01", end: "2026-04-01" }) {
  strategies { strategy total { minor } } confirmedShare } }`
const TITLES = `{ products { name plans { name rank prices { price mapping kind } } } }`

type Mix = { strategyMix: { confirmedShare: string; strategies: { strategy: string; total: { minor: string } }[] } }
type Payload = { correction: { id: string }; linesAppended: number }

eachDatabase((open) => {
  /** Answers are of the newest version: facts are looked up anew for each question. */
  async function setUp() {
    const { db, tenantId } = await aLedger(await open())
    const token = await aKey(db, tenantId, ['admin'])
    const run = async <Data>(text: string, variables = {}) => {
      const { data, errors } = await query(anApp(db), { token, query: text, variables })
      expect(errors).toBeUndefined()
      return data as Data
    }
    const mix = async () => {
      const { confirmedShare, strategies } = (await run<Mix>(MIX)).strategyMix
      return [
        confirmedShare,
        ...strategies.flatMap(({ strategy, total }) => (total.minor === '0' ? [] : `${strategy} ${total.minor}`)),
      ]
    }
    return { db, tenantId, run, mix }
  }

  describe('people correct data over GraphQL', () => {
    it('a reclassified movement shows in the mix, in the list, in explain and at its account, until it is undone', async () => {
      const { run, mix } = await setUp()
      expect(await mix()).toEqual(['0', 'UPSELL 40000', 'SEAT 40000'])
      const reclassify = `mutation ($input: ReclassifyMovementInput!) { reclassifyMovement(input: $input) ${PAYLOAD} }`
      const input = {
        account: aozora,
        month: '2026-03-01',
        from: ['SEAT'],
        to: 'CONTRACT_VALUE',
        reason: 'a framework deal',
      }
      const { reclassifyMovement } = await run<{ reclassifyMovement: Payload }>(reclassify, { input })
      expect(reclassifyMovement).toMatchObject({
        correction: { kind: 'RECLASSIFY_MOVEMENT', accounts: [{ name: 'Aozora' }], details: { month: '2026-03' } },
        linesAppended: 4,
      })
      expect(await mix()).toEqual(['0', 'UPSELL 40000', 'CONTRACT_VALUE 40000'])
      const explain = (at: string) =>
        run(
          `{ explain(metric: expansion, at: "${at}") { reconciles corrections { kind reason } } account(id: "${aozora}") { corrections { reason } } }`,
        )
      const shown = [{ kind: 'RECLASSIFY_MOVEMENT', reason: 'a framework deal' }]
      expect(await explain('2026-03-01')).toEqual({
        explain: { reconciles: true, corrections: shown },
        account: { corrections: [{ reason: 'a framework deal' }] },
      })
      expect(await explain('2026-04-01')).toMatchObject({ explain: { corrections: [] } })
      const undo = `mutation ($id: ID!) { undoCorrection(input: { correction: $id, reason: "seats after all" }) ${PAYLOAD} }`
      expect(await run(undo, { id: reclassifyMovement.correction.id })).toMatchObject({
        undoCorrection: { correction: { undone: { reason: 'seats after all' } }, linesAppended: 4 },
      })
      expect(await mix()).toEqual(['0', 'UPSELL 40000', 'SEAT 40000'])
      expect(await explain('2026-03-01')).toMatchObject({ explain: { corrections: [] } })
      expect(
        await run('{ corrections(first: 5) { totalCount edges { node { by undone { reason } } } } }'),
      ).toMatchObject({
        corrections: {
          totalCount: 1,
          edges: [{ node: { by: expect.stringMatching(/^key:/), undone: { reason: 'seats after all' } } }],
        },
      })
    })

    it('a confirmed catalogue moves no amount and all of the confirmed share; another rank moves lines', async () => {
      const { run, mix } = await setUp()
      expect(await run(TITLES)).toEqual({
        products: [
          {
            name: 'stripe:crm',
            plans: [
              { name: 'basic', rank: 1, prices: [{ price: 'price_basic_1000', mapping: 'INFERRED', kind: 'LICENCE' }] },
              { name: 'pro', rank: 2, prices: [{ price: 'price_pro_1800', mapping: 'INFERRED', kind: 'LICENCE' }] },
            ],
          },
        ],
      })
      const map = `mutation ($prices: [MapPriceInput!]!) { mapCatalog(input: { prices: $prices, reason: "checked" }) ${PAYLOAD} }`
      const [basic, pro] = [
        { source: 'stripe', price: 'price_basic_1000' },
        { source: 'stripe', price: 'price_pro_1800' },
      ]
      for (const prices of [[basic], [pro]])
        expect(await run(map, { prices })).toMatchObject({ mapCatalog: { linesAppended: 0 } })
      expect(await mix()).toEqual(['1', 'UPSELL 40000', 'SEAT 40000'])
      const { mapCatalog } = await run<{ mapCatalog: Payload }>(map, { prices: [{ ...pro, rank: 1 }] })
      expect(mapCatalog.linesAppended).toBeGreaterThan(0)
      expect(await mix()).toEqual(['1', 'SEAT 40000', 'CONTRACT_VALUE 40000'])
      const undo = 'mutation ($id: ID!) { undoCorrection(input: { correction: $id, reason: "no" }) { linesAppended } }'
      await run(undo, { id: mapCatalog.correction.id })
      expect(await mix()).toEqual(['1', 'UPSELL 40000', 'SEAT 40000'])
      expect(await run('{ a: corrections(first: 1) { edges { node { accounts { id } } } } }')).toEqual({
        a: { edges: [{ node: { accounts: [] } }] },
      })
    })

    it('an excluded account is explained although its spans are gone', async () => {
      const { run } = await setUp()
      await run(
        `mutation { excludeAccount(input: { account: "${globalId('Account', 'stripe:birch')}", reason: "tests" }) { version } }`,
      )
      const asked =
        '{ explain(metric: nrr, at: "2026-03-01") { accounts reconciles corrections { reason accounts { name mrr { minor } } } } }'
      expect(await run(asked)).toEqual({
        explain: {
          accounts: 1,
          reconciles: true,
          corrections: [{ reason: 'tests', accounts: [{ name: 'Birch', mrr: { minor: '0' } }] }],
        },
      })
    })

    it('only an admin key corrects; what is wrong is named by its field', async () => {
      const { db, tenantId } = await setUp()
      const text = `mutation { excludeAccount(input: { account: "${aozora}", reason: " " }) { version } }`
      for (const token of [await aKey(db, tenantId, ['read', 'ingest']), await aSession(db, tenantId)])
        expect((await query(anApp(db), { token, query: text })).errors?.[0]?.extensions).toMatchObject({
          code: 'FORBIDDEN',
        })
      const token = await aKey(db, tenantId, ['admin'])
      expect((await query(anApp(db), { token, query: text })).errors?.[0]?.extensions).toMatchObject({
        code: 'INVALID_INPUT',
        field: 'input.reason',
      })
    })
  })
})
