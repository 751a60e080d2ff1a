import type { Tx } from '@nobishiro/prisma'
import { type CatalogMapping, catalogMapping } from './catalog.ts'
import { refreshCatalog, storedPlaces, storeEvidence } from './catalog-store.ts'
import { catalogEvidence } from './evidence.ts'
import { foldAccounts } from './fold-accounts.ts'
import type { History } from './history.ts'
import { appendLines, linesByIds, moveChanges, postedLines, type StandingLine } from './line-store.ts'
import { accountLines, type Line } from './lines.ts'
import { type OutlookPoint, outlookOf } from './outlook.ts'
import { moveOutlook } from './outlook-store.ts'
import { replaceSubscriptions } from './subscription-store.ts'
import { storeMeters } from './usage-store.ts'

export type PostContext = {
  tenantId: string
  timeZone: string /** The version that this posting publishes. */
  version: bigint
  /** One instant for all its lines, later than that of any posting before it. */
  recordedAt: Date
}

/**
 * Brings the ledger in line with the inbox for these accounts: folds all their events, and appends the difference as
 * reversals and new lines. `moveCatalog` writes what is new of products and prices and says whether anything is. The caller holds the tenant's row lock, so there is one writer per tenant at a time.
 */
export async function post(
  tx: Tx,
  context: PostContext,
  touched: readonly string[],
  moveCatalog: () => Promise<boolean>,
): Promise<{ appended: number }> {
  const before = await storedPlaces(tx, context.tenantId)
  const catalogMoved = await moveCatalog()
  const accounts = new Set(touched)
  const folded = await foldAccounts(tx, context.tenantId, [...accounts])
  const evidence = new Map(
    [...folded].map(([account, history]) => [account, catalogEvidence(history, context.timeZone)]),
  )
  const evidenceMoved = await storeEvidence(tx, context.tenantId, evidence)
  const { places, remapped } =
    catalogMoved || evidenceMoved
      ? await refreshCatalog(tx, context.tenantId, before)
      : { places: before, remapped: [] }
  const others = remapped.filter((account) => !accounts.has(account))
  for (const [account, history] of await foldAccounts(tx, context.tenantId, others)) folded.set(account, history)
  return postFolded(tx, context, folded, catalogMapping(places))
}

async function postFolded(tx: Tx, context: PostContext, folded: Map<string, History[]>, mapping: CatalogMapping) {
  const accounts = [...folded.keys()].sort()
  if (accounts.length === 0) return { appended: 0 }
  await tx.$queryRaw`SELECT 1 FROM account WHERE tenant_id = ${context.tenantId} AND id = ANY(${accounts}) ORDER BY id FOR UPDATE`
  const posted = await postedLines(tx, context.tenantId, accounts)
  const gone: bigint[] = []
  const additions: Line[] = []
  const outlook = new Map<string, OutlookPoint[]>()
  for (const account of accounts) {
    const lines = accountLines(account, folded.get(account) ?? [], context.timeZone, mapping)
    const difference = compare(posted.current.get(account) ?? [], lines)
    for (const line of difference.gone) gone.push(line.id)
    for (const line of difference.come) additions.push(line)
    outlook.set(account, outlookOf(folded.get(account) ?? [], context.timeZone, mapping))
  }
  const reversals = await linesByIds(tx, context.tenantId, gone)
  const appended = await appendLines(tx, context, posted.ordinals, reversals, additions)
  await moveChanges(tx, context.tenantId, { reversals, additions })
  await moveOutlook(tx, context, outlook)
  await replaceSubscriptions(tx, context.tenantId, folded, mapping)
  await storeMeters(tx, context.tenantId, folded)
  return { appended }
}

/** Lines to take back and lines to add, so that the current ones say exactly what is wanted. */
function compare(current: readonly StandingLine[], wanted: readonly Line[]): { gone: StandingLine[]; come: Line[] } {
  const standing = new Map<string, StandingLine[]>()
  for (const line of current) {
    const same = standing.get(line.contentKey)
    if (same) same.push(line)
    else standing.set(line.contentKey, [line])
  }
  const come = wanted.filter((line) => standing.get(line.contentKey)?.pop() === undefined)
  return { gone: [...standing.values()].flat(), come }
}
