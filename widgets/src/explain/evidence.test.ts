import { createClient, type MetricTerm } from '@nobishiro/sdk'
import { describe, expect, it } from 'vitest'
import { en } from '../i18n/en.ts'
import { ja } from '../i18n/ja.ts'
import { anExpansionExplanation, anExplanation } from '../testing/an-explanation.ts'
import { type DrawerText, drawerText } from './drawer-text.ts'
import { evidenceOf } from './evidence.ts'
import { evidenceRows } from './evidence-csv.ts'
import { partOf } from './explained-part.ts'
import type { ExplainPart } from './part.ts'

function loaded(key: 'nrr' | 'grr', first: number) {
  const explanation = anExplanation(key, null, first)
  const spans = explanation.spans.edges.map(({ node }) => node)
  return { explanation, spans, movements: [], hasMore: explanation.spans.pageInfo.hasNextPage }
}

const PARTS: ExplainPart[] = ['effect', 'closing', 'opening', 'kept', 'expanded', 'contracted', 'lost']

describe('evidence', () => {
  it.each(PARTS)('by %s lands on its number when every account is shown', (part) => {
    const evidence = evidenceOf(loaded('nrr', 500), part, 500)
    expect(evidence.others).toBeNull()
    expect(evidence.rows.at(-1)?.running).toBe(evidence.total)
    expect(evidence.difference).toBe(0n)
  })
  it.each(PARTS)('by %s lands on its number from the first page on', (part) => {
    const { rows, others, total } = evidenceOf(loaded('nrr', 20), part, 8)
    expect((rows.at(-1)?.running ?? 0n) + (others?.amount ?? 0n)).toBe(total)
  })
  it('has the running total that the API computed', () => {
    const { spans, ...rest } = loaded('nrr', 500)
    const evidence = evidenceOf({ spans, ...rest }, 'effect', 500)
    expect(evidence.rows.map(({ running }) => String(running))).toEqual(
      spans.map(({ runningTotal }) => runningTotal.minor),
    )
  })
  it('of gross retention lands on what was lost', () => {
    const evidence = evidenceOf(loaded('grr', 500), 'effect', 500)
    expect(evidence.total).toBeLessThan(0n)
    expect(evidence.difference).toBe(0n)
  })
  it('counts the accounts that are not shown', () => {
    expect(evidenceOf(loaded('nrr', 20), 'effect', 8).others?.count).toBe(80)
  })
  it('shows a difference that is there', () => {
    const { spans, ...rest } = loaded('nrr', 500)
    const evidence = evidenceOf({ spans: spans.slice(1), ...rest }, 'effect', 500)
    expect(evidence.difference).not.toBe(0n)
  })
  it('of a flow is its movements', () => {
    const explanation = anExpansionExplanation()
    const movements = explanation.movements.edges.map(({ node }) => node)
    const evidence = evidenceOf({ explanation, spans: [], movements, hasMore: false }, 'movements', 8)
    expect(evidence.rows.at(-1)?.running).toBe(5_400_000n)
    expect(evidence.difference).toBe(0n)
  })
  it('goes into a CSV with exact amounts', () => {
    const { spans } = loaded('nrr', 500)
    const rows = evidenceRows(spans, [], drawerText(en, 'en'))
    expect(rows.length).toBe(spans.length + 1)
    expect(rows[1]?.slice(0, 6)).toEqual(['Aozora', 'aozora', '3130.00', '52170.00', '3130.00', '49040.00'])
  })
  it('says of an account without a name that it was erased, in either language', () => {
    const { spans } = loaded('nrr', 500)
    const [first] = spans
    const erased = { ...first!, account: { ...first!.account, name: '' } }
    const said = (text: DrawerText) => evidenceRows([erased], [], text)[1]?.slice(0, 2)
    expect([said(drawerText(en, 'en')), said(drawerText(ja, 'ja'))]).toEqual([
      ['Erased account', 'aozora'],
      ['消去済みアカウント', 'aozora'],
    ])
  })
})

describe('evidence of the sample tenant', () => {
  const client = createClient({ auth: { sandbox: true } })
  const size = (term: MetricTerm | null) => (term ? BigInt(term.money?.minor ?? term.value) : 0n)

  it('lands on the shown term for every registered metric, whole and cut', async () => {
    const landed: string[] = []
    for (const { key } of await client.definitions()) {
      const explanation = await client.explain({ metric: key, first: 100 })
      const spans = explanation.spans.edges.map(({ node }) => node)
      const movements = explanation.movements.edges.map(({ node }) => node)
      const { numerator, denominator } = explanation.value
      for (const chosen of ['effect', 'denominator'] as const) {
        const part = partOf(explanation, chosen)
        const loaded = { explanation, spans, movements, hasMore: false }
        const whole = evidenceOf(loaded, part, 100)
        if (whole.rows.length === 0) continue
        const term = part === 'denominator' ? size(denominator) : size(numerator)
        expect(whole.total, key).toBe(explanation.landsOn === 'DIFFERENCE' ? term - size(denominator) : term)
        expect([key, whole.rows.at(-1)?.running, whole.difference]).toEqual([key, whole.total, 0n])
        const cut = evidenceOf(loaded, part, 1)
        expect([key, (cut.rows[0]?.amount ?? 0n) + (cut.others?.amount ?? 0n)]).toEqual([key, whole.total])
        landed.push(`${key} ${part}`)
      }
    }
    expect(landed).toEqual(
      expect.arrayContaining(['mrr effect', 'nrr effect', 'quickRatio denominator', 'new movements']),
    )
    expect(landed.length).toBeGreaterThan(20)
  })
})
