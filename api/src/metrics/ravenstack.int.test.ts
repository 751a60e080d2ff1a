import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { hydrate } from '../facts/hydrate.ts'
import { firstDayOf, monthOf } from '../facts/month.ts'
import { everyAccount } from '../facts/scope.ts'
import { createTenant, importDirectory } from '../ingest/files/testing/import-text.ts'
import { eachDatabase } from '../testing/db.ts'
import { root } from '../testing/root.ts'
import { evaluate } from './evaluate.ts'
import type { MetricKey } from './registry.ts'
import { ravenstackIsAbsent, rows } from './testing/ravenstack.ts'

const COLUMNS: [MetricKey, number | undefined, string, string][] = [
  ['new', undefined, 'movements', 'new_mrr'],
  ['expansion', undefined, 'movements', 'expansion_mrr'],
  ['contraction', undefined, 'movements', 'contraction_mrr'],
  ['churn', undefined, 'movements', 'churn_mrr'],
  ['reactivation', undefined, 'movements', 'reactivation_mrr'],
  ['mrr', undefined, 'movements', 'end_mrr'],
  ['nrr', 1, 'retention', 'nrr_1m_excl_reactivation'],
  ['grr', 1, 'retention', 'grr_1m'],
  ['expansionRate', undefined, 'retention', 'expansion_rate_1m'],
  ['contractionRate', undefined, 'retention', 'contraction_rate_1m'],
  ['revenueChurnRate', undefined, 'retention', 'revenue_churn_rate_1m'],
  ['logoChurnRate', undefined, 'retention', 'logo_churn_rate_1m'],
  ['quickRatio', undefined, 'retention', 'quick_ratio_excl_reactivation'],
  ['nrr', 12, 'retention', 'nrr_12m_cohort_p2p'],
  ['grr', 12, 'retention', 'grr_12m_cohort_p2p_min'],
  ['grrPathMinimum', 12, 'retention', 'grr_12m_pathmin'],
  ['nrrTrailingAverage', undefined, 'retention', 'nrr_12m_ttm_weighted_avg'],
]

eachDatabase((open) => {
  describe.skipIf(ravenstackIsAbsent)('RavenStack, imported', { timeout: 300_000 }, () => {
    it('gives every published movement and rate of 24 months through ledger, facts and metrics', async () => {
      const db = await open()
      await createTenant(db)
      await importDirectory(db, join(root, '../shared/data/ravenstack'), { mapping: 'ravenstack' })
      const now = new Date('2026-11-22T00:00:00Z')
      const store = await hydrate(db, 'acme', now)
      const range = { start: monthOf('2023-01-01'), end: monthOf('2025-01-01') }
      for (const [key, window, file, column] of COLUMNS) {
        const [series] = evaluate(store, { scope: everyAccount(store), now, keys: [key], range, window })
        const computed = series?.values.map(({ period, value }) => [
          firstDayOf(period.start).slice(0, 7),
          sixDecimals(value),
        ])
        const published = rows(`expected/B_monthend_${file}.csv`).map((row) => [
          row['month'],
          sixDecimals(row[column] || null),
        ])
        expect(computed, column).toEqual(published)
        expect(published).toHaveLength(24)
      }
    })
  })
})

const sixDecimals = (value: string | null) => (value === null ? 'nothing' : Number(value).toFixed(6))
