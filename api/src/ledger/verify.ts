import type { Database, Tx } from '@nobishiro/prisma'
import { type UnknownTerm, unknownTerms } from '../ingest/unknown-terms.ts'
import { ledgerHash } from './hash.ts'
import { type UncoveredSubscription, uncoveredSubscriptions } from './invoices/uncovered-store.ts'
import { countsInvoices } from './recognition.ts'
import { replayProblems } from './replay.ts'
import { rulesOf } from './rules-store.ts'
import { checks, type Problem } from './verify-checks.ts'
import { type MonthSums, monthSums } from './verify-months.ts'
import { type ReportingMonth, reportingMonths, reportingProblems } from './verify-reporting.ts'

export type Verification = {
  tenantId: string
  version: bigint
  hash: string
  lines: number
  accounts: number
  checks: { name: string; what: string; problems: Problem[] }[]
  /** Nothing is broken, and yet levels rest on what was last known. */
  unknown: UnknownTerm[]
  /** Where the policy counts invoices, the subscriptions that have none: they count nothing. */
  uncovered: UncoveredSubscription[]
  /** The waterfall and the retention terms of every month, summed in SQL over the lines: nothing of the metrics engine. */
  months: MonthSums[]
  /** The same in the tenant's currency, with what exchange rates made; empty where no account pays in another. */
  reporting: ReportingMonth[]
  ok: boolean
}

/** Proves a tenant's ledger: its sums, its identity, and that the inbox folds to exactly what was posted. Repairs nothing. */
export function verify(db: Database, tenantId: string, now: Date): Promise<Verification> {
  return db.withTenant({ tenantId, viewer: 'TENANT' }, (tx) => verifyInside(tx, tenantId, now), {
    timeoutMs: 3_600_000,
  })
}

async function verifyInside(tx: Tx, tenantId: string, now: Date): Promise<Verification> {
  const tenant = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId } })
  const months = await monthSums(tx, tenant, now)
  const reporting = await reportingMonths(tx, tenant, now)
  const results = []
  for (const { name, what, find } of checks) results.push({ name, what, problems: await find(tx, tenantId) })
  results.push({
    name: 'replay',
    what: 'folding the inbox again gives the current lines',
    problems: await replayProblems(tx, { tenantId, timeZone: tenant.timeZone }),
  })
  results.push({
    name: 'identity',
    what: 'opening and movements give closing, every month and currency',
    problems: months.flatMap(identityProblem),
  })
  if (reporting.length > 0) {
    results.push({
      name: 'identity-with-rates',
      what: "in the tenant's currency, opening, movements and exchange rates give closing, every month that has its rates",
      problems: reportingProblems(reporting),
    })
  }
  return {
    tenantId,
    version: tenant.version,
    hash: await ledgerHash(tx, tenantId),
    lines: await tx.ledgerLine.count({ where: { tenantId } }),
    accounts: await tx.account.count({ where: { tenantId } }),
    checks: results,
    unknown: await unknownTerms(tx, tenantId),
    uncovered: countsInvoices(await rulesOf(tx, tenantId)) ? await uncoveredSubscriptions(tx, tenantId, now) : [],
    months,
    reporting,
    ok: results.every(({ problems }) => problems.length === 0),
  }
}

function identityProblem(month: MonthSums): Problem[] {
  const sum = month.opening + month.new + month.reactivation + month.expansion - month.contraction - month.churn
  if (sum === month.closing) return []
  return [{ where: `${month.month} ${month.currency}`, expected: String(sum), found: String(month.closing) }]
}
