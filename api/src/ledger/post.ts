import type { Tx } from '@nobishiro/prisma'
import type { Corrections } from '../ingest/people/in-force.ts'
import { readCorrections } from '../ingest/people/read-corrections.ts'
import { type CatalogMapping, catalogMapping } from './catalog.ts'
import { refreshCatalog, storedPlaces, storeEvidence } from './catalog-store.ts'
import { correctedLines, counted } from './corrected-lines.ts'
import { catalogEvidence } from './evidence.ts'
import { foldAccounts } from './fold-accounts.ts'
import type { History } from './history.ts'
import { markLate } from './late-lines.ts'
import { appendLines, linesByIds, moveChanges, postedLines, type StandingLine } from './line-store.ts'
import type { Line } from './lines.ts'
import { type OutlookPoint, outlookOf } from './outlook.ts'
import { moveOutlook } from './outlook-store.ts'
import { FIRST_RULES, type Rules } from './recognition.ts'
import { replaceSubscriptions } from './subscription-store.ts'
import { storeMeters } from './usage-store.ts'

export type PostContext = {
  tenantId: string
  timeZone: string /** The version that this posting publishes. */
  version: bigint
  /** One instant for all its lines, later than that of any posting before it. */
  recordedAt: Date
  /** First day of the last month that is closed; absent while none is. */
  closedThrough?: string | null
  /** The policy in force; the default when absent. */
  rules?: Rules
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
  const { recognition } = context.rules ?? FIRST_RULES
  const before = await storedPlaces(tx, context.tenantId)
  const catalogMoved = await moveCatalog()
  const corrections = await readCorrections(tx, context.tenantId)
  const accounts = new Set(touched.flatMap((account) => [account, corrections.rootOf(account)]))
  const folded = await foldAccounts(tx, context.tenantId, [...accounts], corrections, recognition)
  const evidence = new Map(
    [...folded].map(([account, history]) => [
      account,
      catalogEvidence(counted(account, history, corrections), context.timeZone),
    ]),
  )
  const evidenceMoved = await storeEvidence(tx, context.tenantId, evidence)
  const { places, remapped } =
    catalogMoved || evidenceMoved
      ? await refreshCatalog(tx, context.tenantId, before, corrections.places)
      : { places: before, remapped: [] }
  const others = remapped.filter((account) => !accounts.has(account))
  for (const [account, history] of await foldAccounts(tx, context.tenantId, others, corrections, recognition))
    folded.set(account, history)
  return postFolded(tx, context, folded, { mapping: catalogMapping(places), corrections })
}

/** Accounts of one step of a rebuild. */
const SLICE = 500

/** Posts the whole inbox as a revision that has no lines yet; the change points become those of that revision. */
export async function rebuild(tx: Tx, context: PostContext): Promise<{ appended: number }> {
  const { tenantId } = context
  const accounts = await tx.account.findMany({ where: { tenantId }, select: { id: true }, orderBy: { id: 'asc' } })
  await tx.accountChange.deleteMany({ where: { tenantId } })
  let appended = 0
  for (let start = 0; start < accounts.length; start += SLICE) {
    const ids = accounts.slice(start, start + SLICE).map(({ id }) => id)
    appended += (await post(tx, context, ids, async () => false)).appended
  }
  return { appended }
}

async function postFolded(
  tx: Tx,
  context: PostContext,
  folded: Map<string, History[]>,
  { mapping, corrections }: { mapping: CatalogMapping; corrections: Corrections },
) {
  const { timeZone } = context
  const { revision, recognition } = context.rules ?? FIRST_RULES
  const accounts = [...folded.keys()].sort()
  if (accounts.length === 0) return { appended: 0 }
  await tx.$queryRaw`SELECT 1 FROM account WHERE tenant_id = ${context.tenantId} AND id = ANY(${accounts}) ORDER BY id FOR UPDATE`
  const posted = await postedLines(tx, context.tenantId, accounts, revision)
  const gone: bigint[] = []
  const additions: Line[] = []
  const outlook = new Map<string, OutlookPoint[]>()
  for (const account of accounts) {
    const lines = correctedLines(account, folded.get(account) ?? [], { timeZone, mapping, corrections, recognition })
    const difference = compare(posted.current.get(account) ?? [], lines)
    for (const line of difference.gone) gone.push(line.id)
    for (const line of difference.come) additions.push(line)
    const counting = counted(account, folded.get(account) ?? [], corrections)
    outlook.set(account, outlookOf(counting, { timeZone, mapping, recognition }))
  }
  const reversals = (await linesByIds(tx, context.tenantId, gone)).map((line) => ({
    ...line,
    reason: whyGone(line.account, corrections) ?? line.reason,
  }))
  const appended = await appendLines(tx, context, posted.ordinals, reversals, additions)
  await markLate(tx, context, [...reversals, ...additions])
  await moveChanges(tx, context.tenantId, { reversals, additions })
  await moveOutlook(tx, context, outlook)
  await replaceSubscriptions(tx, context.tenantId, folded, { mapping, recognition })
  await storeMeters(tx, context.tenantId, folded, corrections)
  return { appended }
}

/** Why nothing of an account stands. */
function whyGone(account: string, corrections: Corrections): string | null {
  if (corrections.isExcluded(account)) return 'EXCLUDED'
  return corrections.rootOf(account) === account ? null : 'MERGED'
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
