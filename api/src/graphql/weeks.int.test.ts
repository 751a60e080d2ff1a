import { expect, it } from 'vitest'
import { eachDatabase } from '../testing/db.ts'
import { aKey, aSession, query } from '../testing/query.ts'
import { aLedger, asker } from '../testing/small-ledger.ts'

const range = 'range: { start: "2026-02-23", end: "2026-03-16" }'
const VALUE = '{ period { start end } value completeness previous { period { start } value } }'

type Explained = {
  period: { start: string; end: string }
  landsOn: string | null
  value: { numerator: { money: { minor: string } } | null }
  sentence: { en: string; ja: string }
  spans: { totalCount: number; edges: { node: { runningTotal: { minor: string } } }[] }
}

eachDatabase((open) => {
  it('answers of weeks name their Mondays: in series, groups, reports, mixes, and of one account', async () => {
    const { ask } = await aLedger(await open())
    const week = (start: string, end: string) => ({ start, end })
    const { metric, report, strategyMix } = await ask(`{
      metric(key: mrr, bucket: WEEK, ${range}, compare: YEAR_AGO, by: [{ kind: COHORT }]) {
        values ${VALUE} total { period { start end } value } groups { values { value } } }
      report(measures: [{ key: mrr }], bucket: WEEK, ${range}, orderBy: { column: "period" }) { period { start end } rows { cells { value } } }
      strategyMix(bucket: WEEK, ${range}) { months total { minor } } }`)
    expect(metric).toMatchObject({
      values: [
        { period: week('2026-02-23', '2026-03-02'), previous: { period: { start: '2025-02-24' } } },
        { period: week('2026-03-02', '2026-03-09'), previous: { period: { start: '2025-03-03' } } },
        { period: week('2026-03-09', '2026-03-16'), completeness: 'COMPLETE' },
      ],
      total: { period: week('2026-02-23', '2026-03-16') },
    })
    const { values: series } = metric as { values: { value: string }[] } // as asked above
    const values = series.map(({ value }) => value)
    const { rows } = report as { rows: { cells: { value: string }[] }[] } // as asked above
    expect(rows.map(({ cells }) => cells.map(({ value }) => value))).toEqual([
      ['2026-02-23', values[0]],
      ['2026-03-02', values[1]],
      ['2026-03-09', values[2]],
    ])
    expect(report).toMatchObject({ period: week('2026-02-23', '2026-03-16') })
    expect(strategyMix).toMatchObject({ months: ['2026-02-23', '2026-03-02', '2026-03-09'] })
    const { accounts } = await ask<{ accounts: { edges: unknown[] } }>(
      `{ accounts(first: 1) { edges { node { metrics(keys: [mrr], bucket: WEEK, ${range}) { values { period { start } } } } } } }`,
    )
    expect(accounts.edges).toMatchObject([
      { node: { metrics: [{ values: [{ period: { start: '2026-02-23' } }, {}, {}] }] } },
    ])
  })

  it('a value of a week is explained by the accounts of that week, and a quarter by its months', async () => {
    const { ask, app, db, tenantId } = await aLedger(await open())
    const asked = (
      metric: string,
    ) => `explain(metric: ${metric}, bucket: WEEK, at: "2026-03-02") { period { start end } reconciles landsOn
      value { value numerator { money { minor } } } sentence { en ja } bridge { nrr } movements { totalCount }
      spans { totalCount edges { node { account { id } change { minor } runningTotal { minor } } } } }`
    const found = await ask(`{ mrr: ${asked('mrr')} new: ${asked('new')} nrr: ${asked('nrr')} }`)
    for (const explained of Object.values(found) as Explained[]) {
      expect(explained).toMatchObject({ reconciles: true, bridge: null, movements: { totalCount: 0 } })
      expect(explained.period.end).toBe('2026-03-09')
      const last = explained.spans.edges.at(-1)?.node.runningTotal.minor ?? '0'
      if (explained.landsOn === 'NUMERATOR') expect(last).toBe(explained.value.numerator?.money.minor)
    }
    const { mrr, nrr } = found as Record<string, Explained>
    expect(mrr?.spans.totalCount).toBeGreaterThan(0)
    expect(nrr?.period.start).toBe('2025-03-09')
    expect(mrr?.sentence.en).toContain('the week of 2 March 2026')
    expect(mrr?.sentence.ja).toContain('2026年3月2日の週')
    const token = await aKey(db, tenantId)
    const refused = async (args: string) =>
      (await query(app, { token, query: `{ explain(${args}) { reconciles } }` })).errors?.[0]?.message
    expect(await refused('metric: mrr, bucket: WEEK, at: "2026-03-03"')).toContain('Monday')
    expect(await refused('metric: mrr, bucket: QUARTER')).toContain('of a QUARTER it opens the months')
    expect(await refused('metric: ltv, bucket: WEEK')).toContain('whole months')
  })

  it('without a range they are the 12 last complete ones, of parents at the end of those', async () => {
    const { ask } = await aLedger(await open())
    const { metrics } = await ask<{ metrics: { values: { period: { end: string } }[] }[] }>(
      '{ metrics(keys: [mrr, nrr], bucket: WEEK, level: PARENT) { values { period { end } } } }',
    )
    // The data reaches Saturday, 21 November 2026.
    expect(metrics.map(({ values }) => [values.length, values.at(-1)?.period.end])).toEqual([
      [12, '2026-11-16'],
      [12, '2026-11-16'],
    ])
  })

  it('a week begins on a Monday, and what is made of months has none', async () => {
    const { app, db, tenantId } = await aLedger(await open())
    const token = await aKey(db, tenantId)
    const fault = async (args: string) =>
      (await query(app, { token, query: `{ metric(${args}) { total { value } } }` })).errors?.[0]
    expect(await fault('key: mrr, bucket: WEEK, range: { start: "2026-03-01", end: "2026-03-16" }')).toMatchObject({
      message: 'range.start is a Monday where the bucket is WEEK, e.g. 2026-02-23: weeks run from Monday to Sunday.',
      extensions: { code: 'INVALID_INPUT', field: 'range.start' },
    })
    expect(await fault('key: mrr, bucket: WEEK, range: { start: "2026-03-02", end: "2026-03-15" }')).toMatchObject({
      extensions: { field: 'range.end' },
    })
    expect(await fault('key: mrr, bucket: WEEK, range: { start: "1990-01-01", end: "2026-03-16" }')).toMatchObject({
      message: 'range is at most 1200 weeks long.',
    })
    expect(await fault('key: mrr, range: { start: "2026-03-02", end: "2026-03-16" }')).toMatchObject({
      message: 'range.start is the first day of a month, e.g. 2026-03-01.',
    })
    expect(await fault(`key: ltv, bucket: WEEK, ${range}`)).toMatchObject({
      message: 'ltv is made of whole months, so there is none of a week; ask for it with bucket MONTH, QUARTER or YEAR',
      extensions: { code: 'INVALID_INPUT', field: 'bucket' },
    })
    const costly = 'bucket: WEEK, range: { start: "2022-01-03", end: "2026-11-02" }, by: [{ kind: PLAN }], first: 200'
    expect(await fault(`key: mrr, ${costly}`)).toMatchObject({ extensions: { code: 'COST_EXCEEDED' } })
  })

  it('targets are of months, and an account viewer sees its own weeks', async () => {
    const { app, db, tenantId, ask } = await aLedger(await open())
    const change = asker(app, await aKey(db, tenantId, ['admin']))
    await change('mutation { setTarget(metric: mrr, from: "2026-01-01", value: "1000") { value } }')
    const series = `{ metric(key: mrr, bucket: WEEK, ${range}) { targets total { value } } }`
    expect(await ask(series)).toMatchObject({ metric: { targets: [null, null, null] } })
    const birch = asker(app, await aSession(db, tenantId, ['birch']))
    expect(await birch(series)).toMatchObject({ metric: { total: { value: '50.00' } } })
  })
})
