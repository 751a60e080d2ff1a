import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from '@nobishiro/prisma'
import { describe, expect, it } from 'vitest'
import { ledgerHash } from '../../ledger/hash.ts'
import { eachDatabase } from '../../testing/db.ts'
import { root } from '../../testing/root.ts'
import { createTenant, importDirectory } from './testing/import-text.ts'

const folder = join(root, '../shared/data/ravenstack')
const isAbsent = !existsSync(folder) && process.env['CI'] !== 'true'

type Row = Record<string, string>
function expected(file: string): Row[] {
  const [header = '', ...lines] = readFileSync(join(folder, 'expected', file), 'utf8')
    .trim()
    .split(/\r?\n/)
  const names = header.split(',')
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, at) => [names[at] ?? '', cell])))
}

/** Closing of every account at every month's end, in cents: nothing but sums of what the ledger published. */
async function closings(db: Database, months: string[]): Promise<Map<string, bigint[]>> {
  const rows = await db.withTenant(
    { tenantId: 'acme', viewer: 'TENANT' },
    (tx) => tx.$queryRaw<{ account: string; month: string; amount: bigint }[]>`
    SELECT account_id AS account, to_char(day, 'YYYY-MM') AS month, sum(amount_minor)::bigint AS amount
    FROM account_change WHERE tenant_id = 'acme' GROUP BY 1, 2`,
  )
  const byAccount = new Map<string, Map<string, bigint>>()
  for (const { account, month, amount } of rows)
    byAccount.set(account, (byAccount.get(account) ?? new Map()).set(month, BigInt(amount)))
  return new Map(
    [...byAccount].map(([account, changes]) => {
      let level = 0n
      return [account, months.map((month) => (level += changes.get(month) ?? 0n))]
    }),
  )
}

function movements(accounts: bigint[][], at: number): Row {
  const amount = { new: 0n, expansion: 0n, contraction: 0n, churn: 0n, reactivation: 0n }
  const count = { new: 0, expansion: 0, contraction: 0, churn: 0, reactivation: 0 }
  let [start, end, starters, enders] = [0n, 0n, 0, 0]
  for (const closing of accounts) {
    const [before, now] = [closing[at - 1] ?? 0n, closing[at] ?? 0n]
    const paidBefore = closing.slice(0, at).some((level) => level > 0n)
    const kind =
      before === now
        ? null
        : before === 0n
          ? paidBefore
            ? 'reactivation'
            : 'new'
          : now === 0n
            ? 'churn'
            : now > before
              ? 'expansion'
              : 'contraction'
    if (kind) {
      amount[kind] += now > before ? now - before : before - now
      count[kind] += 1
    }
    start += before
    end += now
    starters += before > 0n ? 1 : 0
    enders += now > 0n ? 1 : 0
  }
  const major = (minor: bigint) => String(Number(minor) / 100)
  return {
    start_mrr: major(start),
    ...Object.fromEntries(Object.entries(amount).map(([kind, minor]) => [`${kind}_mrr`, major(minor)])),
    end_mrr: major(end),
    net_new_mrr: major(end - start),
    start_customers: String(starters),
    ...Object.fromEntries(Object.entries(count).map(([kind, accounts]) => [`${kind}_customers`, String(accounts)])),
    end_customers: String(enders),
  }
}

/** Point to point over `window` months, of the accounts that paid at its start. */
function retention(accounts: bigint[][], at: number, window: number): { nrr: number; grr: number } | null {
  let [opening, closing, kept] = [0n, 0n, 0n]
  for (const levels of accounts) {
    const [then, now] = [levels[at - window] ?? 0n, levels[at] ?? 0n]
    if (then <= 0n) continue
    opening += then
    closing += now
    kept += now < then ? now : then
  }
  return opening === 0n ? null : { nrr: Number(closing) / Number(opening), grr: Number(kept) / Number(opening) }
}

eachDatabase((open, engine) => {
  describe.skipIf(isAbsent)('the published RavenStack data', { timeout: 300_000 }, () => {
    it('gives the published movements and retention of all 24 months, and nothing the second time', async () => {
      const db = await open()
      await createTenant(db)
      const started = performance.now()
      const first = await importDirectory(db, folder, { mapping: 'ravenstack' })
      console.log(`RavenStack on ${engine}: ${first.total.rows} rows in ${Math.round(performance.now() - started)} ms`)
      expect(first).toMatchObject({
        outcome: 'IMPORTED',
        total: { rows: 30_500, new: 30_500, changed: 0, unchanged: 0, rejected: 0 },
      })

      const published = expected('B_monthend_movements.csv')
      const months = published.map((row) => row['month'] ?? '')
      expect(months).toHaveLength(24)
      const accounts = [...(await closings(db, months)).values()]
      expect(months.map((month, at) => ({ month, ...movements(accounts, at) }))).toEqual(published)

      for (const [at, row] of expected('B_monthend_retention.csv').entries()) {
        const [month, year] = [retention(accounts, at, 1), retention(accounts, at, 12)]
        const computed = [month?.nrr, month?.grr, year?.nrr, year?.grr]
        const columns = ['nrr_1m_excl_reactivation', 'grr_1m', 'nrr_12m_cohort_p2p', 'grr_12m_cohort_p2p_min']
        expect([row['month'], ...computed.map((value) => value?.toFixed(6) ?? '')]).toEqual([
          months[at],
          ...columns.map((column) => (row[column] ? Number(row[column]).toFixed(6) : '')),
        ])
      }

      const again = await importDirectory(db, folder, { mapping: 'ravenstack', now: '2026-11-23T00:00:00Z' })
      expect(again).toMatchObject({
        outcome: 'NOTHING_NEW',
        linesAppended: 0,
        total: { new: 0, changed: 0, unchanged: 30_500, rejected: 0 },
      })
    })

    it('saved again by a spreadsheet it is the same: as another tenant by its ledger, as the same tenant by having nothing new', async () => {
      const db = await open()
      await createTenant(db)
      await createTenant(db, 'resaved')
      const resaved = join(folder, 'excel-resaved')
      await importDirectory(db, folder, { mapping: 'ravenstack' })
      await importDirectory(db, resaved, { mapping: 'ravenstack', tenantId: 'resaved' })
      const hashOf = (tenantId: string) =>
        db.withTenant({ tenantId, viewer: 'TENANT' }, (tx) => ledgerHash(tx, tenantId))
      expect(await hashOf('resaved')).toBe(await hashOf('acme'))
      expect(await importDirectory(db, resaved, { mapping: 'ravenstack' })).toMatchObject({
        outcome: 'NOTHING_NEW',
        total: { unchanged: 30_500 },
      })
    })
  })
})
