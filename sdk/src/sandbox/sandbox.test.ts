import { describe, expect, it } from 'vitest'
import { createClient } from '../client.ts'
import { defaultVariables } from '../defaults.ts'
import { capacityUseOf } from '../resources/capacity-use.ts'
import { cohortsOf } from '../resources/cohorts.ts'
import { departmentGrowthOf } from '../resources/department-growth.ts'
import { expanderRetentionOf } from '../resources/expander-retention.ts'
import { landAndExpandOf } from '../resources/land-and-expand.ts'
import { metricCardsOf } from '../resources/metric-cards.ts'
import { nrrContributionOf } from '../resources/nrr-contribution.ts'
import { stickinessOf } from '../resources/stickiness.ts'
import type { Money } from '../types.ts'
import { canonical } from './canonical.ts'
import { recorded } from './recorded.ts'

const client = createClient({ auth: { sandbox: true } })
const sum = (amounts: readonly Money[]) => amounts.reduce((total, { minor }) => total + BigInt(minor), 0n)

describe('the sandbox', () => {
  it('answers what each widget asks first', async () => {
    const [nrr, grr] = await client.metrics(defaultVariables.nrrGauge)
    expect(nrr?.total?.value).toMatch(/^\d\.\d+$/)
    expect(Number(grr?.total?.value)).toBeLessThanOrEqual(1)
    expect((await client.waterfall(defaultVariables.expansionWaterfall)).steps.length).toBeGreaterThan(4)
    expect((await client.waterfall(defaultVariables.cohortBridge)).nrr).toBe(nrr?.total?.value)
    const landing = (await client.seatGrowth(defaultVariables.seatGrowth)).landings.find(({ now }) => now === 50)
    expect(landing).toMatchObject({ landed: 3, account: { name: 'Aozora' } })
    expect((await client.explain(defaultVariables.explainExpansion)).metric.key).toBe('expansion')
  })

  it.each(['explainNrr', 'explainGrr'] as const)('adds up, page after page: %s', async (name) => {
    const first = await client.explain({ ...defaultVariables[name], first: 7 })
    const spans = [...first.spans.edges]
    for (let page = first.spans; page.pageInfo.hasNextPage; ) {
      page = (await client.explain({ ...defaultVariables[name], first: 7, after: page.pageInfo.endCursor })).spans
      spans.push(...page.edges)
    }
    const nodes = spans.map(({ node }) => node)
    expect(nodes).toHaveLength(first.spans.totalCount)
    const counted = name === 'explainNrr' ? nodes.map(({ closing }) => closing) : nodes.map(({ kept }) => kept)
    expect(String(sum(counted))).toBe(first.value.numerator?.money?.minor)
    expect(String(sum(nodes.map(({ opening }) => opening)))).toBe(first.value.denominator?.money?.minor)
    const [difference] = nodes.slice(-1).map(({ runningTotal }) => runningTotal)
    expect(BigInt(difference?.minor ?? '')).toBe(sum(counted) - sum(nodes.map(({ opening }) => opening)))
  })

  it.each([defaultVariables.expansionWaterfall, defaultVariables.cohortBridge])(
    'closes its waterfall: %o',
    async (variables) => {
      const { steps, opening, closing } = await client.waterfall(variables)
      expect(sum([opening, ...steps.slice(1, -1).map(({ amount }) => amount)])).toBe(BigInt(closing.minor))
    },
  )

  it('splits expansion by strategy exactly', async () => {
    const { strategies, total } = await client.strategyMix()
    expect(sum(strategies.map((series) => series.total))).toBe(BigInt(total.minor))
  })

  it('explains each strategy in each month of its mix', async () => {
    const { months, strategies } = await client.strategyMix()
    const four = strategies.toSorted((a, b) => Number(b.total.amount) - Number(a.total.amount)).slice(0, 4)
    for (const [index, month] of months.entries()) {
      for (const { strategy, amounts } of four.filter((series) => series.amounts[index]?.minor !== '0')) {
        const at = month === months.at(-1) ? {} : { at: month }
        const { value, difference } = await client.explain({
          metric: 'expansion',
          ...at,
          where: { strategy: [strategy] },
        })
        expect([value.money?.minor, difference.minor]).toEqual([amounts[index]?.minor, '0'])
      }
    }
  })

  it('answers what stands beside the client, and it adds up', async () => {
    const { cohorts, total } = await cohortsOf(client)
    expect(cohorts).toHaveLength(12)
    expect(total.accounts).toBe(cohorts.reduce((all, { accounts }) => all + accounts, 0))
    const { parts, nrr, opening } = await nrrContributionOf(client)
    const change = sum(parts.flatMap(({ amounts }) => amounts.at(-1) ?? []))
    expect(Number(nrr.at(-1))).toBeCloseTo(1 + Number(change) / Number(opening.at(-1)?.minor), 10)
    const { expanded, others, accounts } = await expanderRetentionOf(client)
    expect((expanded.atRisk[1] ?? 0) + (others.atRisk[1] ?? 0)).toBeLessThanOrEqual(accounts)
    const { seats } = await landAndExpandOf(client)
    expect(seats.spread.reduce((all, count) => all + count, 0)).toBe(seats.accounts)
    const { atLeast, openings } = await stickinessOf(client, { by: 'INTEGRATIONS' })
    expect(openings).toHaveLength(atLeast.length)
    expect((await capacityUseOf(client)).metrics.map(({ name }) => name)).toEqual(['seats'])
    expect((await departmentGrowthOf(client)).totalCount).toBe(0)
  })

  it('finds accounts as the API does', async () => {
    const all = await client.accounts.page({ first: 100 })
    const paying = await client.accounts.page({ where: { paying: true }, orderBy: { field: 'MRR', direction: 'DESC' } })
    expect(paying.totalCount).toBeLessThan(all.totalCount)
    const amounts = paying.edges.map(({ node }) => Number(node.mrr.amount))
    expect(amounts).toEqual(amounts.toSorted((a, b) => b - a))
    expect(amounts.at(-1)).toBeGreaterThan(0)
    const [found] = (await client.accounts.page({ where: { search: 'aozo' } })).edges
    expect(found?.node.name).toBe('Aozora')
    expect(await client.account({ externalId: found?.node.externalId })).toMatchObject({ name: 'Aozora', seats: 50 })
  })

  it('adds an account’s movements in the bridge’s window up to its span', async () => {
    const { spans, period } = await client.explain({ ...defaultVariables.explainNrr, first: 100 })
    for (const { node } of spans.edges) {
      const page = await client.movements.page({ where: { accountIds: [node.account.id], range: period }, first: 100 })
      expect(sum(page.edges.map((edge) => edge.node.change))).toBe(BigInt(node.change.minor))
      for (const edge of page.edges)
        expect(sum(edge.node.lines.map(({ amount }) => amount))).toBe(BigInt(edge.node.change.minor))
    }
  })

  it('refuses movements from before its recording, rather than leaving some out', async () => {
    const range = { start: '2020-01-01', end: '2026-11-01' }
    await expect(client.movements.page({ where: { range } })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(client.movements.page()).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('refuses movements in another view, rather than showing them in ours', async () => {
    const { period } = await client.explain(defaultVariables.explainNrr)
    const asked = client.movements.page({ where: { range: period }, view: { preset: 'STRIPE_LIKE' } })
    await expect(asked).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('refuses accounts of a segment, rather than showing all of them', async () => {
    await expect(client.accounts.page({ where: { segmentIds: ['s'] } })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('gives the same answer every time', async () => {
    expect(await client.seatGrowth()).toEqual(await client.seatGrowth())
  })

  it('says what it holds when it is asked for something else', async () => {
    const error = await client.metric({ key: 'quickRatio', window: 99 }).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'NOT_FOUND' })
    expect(String(error)).toContain('{"keys":["quickRatio"],"window":99}')
    expect(String(error)).toContain('{"keys":["nrr"]}')
  })

  it.each(Object.entries(recorded))('holds each answer of %s once', async (_operation, load) => {
    const answers = (await load()).default as { variables: Record<string, unknown> }[]
    const keys = answers.map(({ variables }) => canonical(variables))
    expect(new Set(keys).size).toBe(keys.length)
  })
})

describe('the key of an answer', () => {
  it('leaves out what says nothing', () => {
    const said = { key: 'nrr' }
    expect(canonical({ window: 12, bucket: 'MONTH', where: {}, range: null, key: 'nrr', first: 20 })).toBe(
      canonical(said),
    )
  })

  it('keeps the order of lists', () => {
    expect(canonical({ keys: ['nrr', 'grr'] })).not.toBe(canonical({ keys: ['grr', 'nrr'] }))
  })
})

describe('cards in the sandbox', () => {
  it('are there for every registered metric, whichever are asked for together and in whichever order', async () => {
    const registered = await client.definitions()
    const keys = registered.map(({ key }) => key)
    const cards = await metricCardsOf(client, { keys: keys.toReversed(), compare: 'YEAR_AGO' })
    expect(cards.map(({ definition }) => definition.key)).toEqual(keys.toReversed())
    for (const { values, definition } of cards) {
      expect(values, definition.key).toHaveLength(12)
      expect(values.at(-1)?.previous?.period.start).toBe('2025-10-01')
    }
    const [mrr] = await metricCardsOf(client, { keys: ['mrr'], compare: 'PREVIOUS' })
    expect(mrr?.values.at(-1)?.previous?.value).toBe(mrr?.values.at(-2)?.value)
    const [month] = await metricCardsOf(client, { keys: ['nrr'], window: 1, compare: 'PREVIOUS' })
    expect(month?.window).toBe(1)
  })

  it('explains every registered metric', async () => {
    for (const { key } of await client.definitions()) {
      const { metric, reconciles } = await client.explain({ metric: key })
      expect([metric.key, reconciles]).toEqual([key, true])
    }
  })

  it('says what it holds when a card is not recorded', async () => {
    const asked = metricCardsOf(client, { keys: ['mrr'], compare: 'PREVIOUS', window: 7 })
    await expect(asked).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
