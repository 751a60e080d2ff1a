import { connect } from '@nobishiro/prisma'
import { copyIn, copyText } from '@nobishiro/prisma/copy'
import pg from 'pg'
import { appendLines } from '../ledger/line-store.ts'
import type { Line } from '../ledger/lines.ts'
import { sha256 } from '../shared/canonical.ts'
import { aTenant } from '../testing/build.ts'

const LINES_PER_ACCOUNT = 26
const CHUNK = 20_000

export type Appends = { lines: number; copy: number; append: number }

/** Rows a second of COPY, and of our append, into the same table with its indexes, foreign keys and checks, in turns. */
export async function ledgerAppends(url: string, lines: number, rounds: number): Promise<Appends> {
  const db = await connect({ url, poolSize: 1 })
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const rates: Appends[] = []
    for (let round = 0; round < rounds; round += 1) {
      const [ours, theirs] = [`append-${round}`, `copy-${round}`]
      const wanted = linesOf(lines)
      for (const id of [ours, theirs]) {
        await aTenant(db, { id })
        await client.query(
          `INSERT INTO account (tenant_id, id, source, external_id, name, seen_at)
           SELECT $1, 'stripe:' || n, 'stripe', n, n, now() FROM generate_series(0, $2) AS n`,
          [id, Math.ceil(lines / LINES_PER_ACCOUNT)],
        )
      }
      const chunks = copyChunks(theirs, wanted)
      const copy = await rate(lines, () => copyIn(client, `COPY ledger_line (${COLUMNS}) FROM STDIN`, chunks))
      const append = await rate(lines, () =>
        db.withTenant(
          { tenantId: ours, viewer: 'TENANT' },
          async (tx) => {
            for (let start = 0; start < lines; start += CHUNK) {
              const context = { tenantId: ours, timeZone: 'UTC', version: 1n, recordedAt: new Date() }
              await appendLines(tx, context, new Map(), [], wanted.slice(start, start + CHUNK))
            }
          },
          { timeoutMs: 3_600_000 },
        ),
      )
      rates.push({ lines, copy, append })
    }
    return rates.sort((a, b) => a.append / a.copy - b.append / b.copy)[Math.floor(rates.length / 2)]! // there is one round at least
  } finally {
    await client.end()
    await db.close()
  }
}

async function rate(rows: number, work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return rows / ((performance.now() - started) / 1_000)
}

const COLUMNS = `tenant_id, account_id, subscription_id, item_id, effective_at, effective_day, version, revision, source, source_event,
  ordinal, reverses, content_key, amount_minor, currency, seats, strategy, rule, reason, product_id, plan_id, region, evidence`

function linesOf(count: number): Line[] {
  return Array.from({ length: count }, (_, index) => {
    const account = Math.floor(index / LINES_PER_ACCOUNT)
    const at = new Date(Date.UTC(2023, index % LINES_PER_ACCOUNT, 10)).toISOString()
    return {
      contentKey: sha256(`line ${index}`),
      account: `stripe:${account}`,
      subscription: `stripe:sub_bench_${account}`,
      item: `si_bench_${account}`,
      effectiveAt: at,
      effectiveDay: at.slice(0, 10),
      source: 'stripe',
      sourceEvent: `evt_bench_${String(index).padStart(12, '0')}`,
      amount: BigInt(1_000 + index),
      currency: 'USD',
      seats: 1,
      strategy: 'SEAT',
      rule: 6,
      reason: null,
      product: 'stripe:prod_bench_1',
      plan: 'stripe:prod_bench_1/plan-1',
      region: '',
      evidence: {
        quantityBefore: 1,
        quantityAfter: 2,
        levelBefore: '1000',
        levelAfter: '2000',
        priceBefore: 'price_bench_1',
        priceAfter: 'price_bench_1',
        statusBefore: 'ACTIVE',
        statusAfter: 'ACTIVE',
      },
    }
  })
}

function copyChunks(tenant: string, lines: readonly Line[]): Buffer[] {
  const rows = lines.map((line) => [
    ...[tenant, line.account, line.subscription, line.item, line.effectiveAt, line.effectiveDay, 1, 1],
    ...[line.source, line.sourceEvent, 1, null, line.contentKey, line.amount, line.currency, line.seats],
    ...[line.strategy, line.rule, line.reason, line.product, line.plan, line.region, line.evidence],
  ])
  const chunks: Buffer[] = []
  for (let start = 0; start < rows.length; start += 1_000) chunks.push(copyText(rows.slice(start, start + 1_000)))
  return chunks
}
