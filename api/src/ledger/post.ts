import type { Tx } from '@nobishiro/prisma'
import type { Corrections } from '../ingest/people/in-force.ts'
import { readCorrections } from '../ingest/people/read-corrections.ts'
import { type CatalogMapping, catalogMapping } from './catalog.ts'
import { addEvidence, refreshCatalog, standAsBefore, storedPlaces, storeEvidence } from './catalog-store.ts'
import { correctedLines, counted } from './corrected-lines.ts'
import { catalogEvidence } from './evidence.ts'
import { foldAccounts, type News } from './fold-accounts.ts'
import type { History } from './history.ts'
import type { Evidence } from './infer-catalog.ts'
import { markLate } from './late-lines.ts'
import { appendLines, linesByIds, moveChanges, postedLines, type StandingLine } from './line-store.ts'
import { accountLines, type Line } from './lines.ts'
import { type OutlookPoint, outlookOf } from './outlook.ts'
import { moveOutlook } from './outlook-store.ts'
import { FIRST_RULES, type Rules } from './recognition.ts'
import { storeSubscriptions } from './subscription-store.ts'
import type { Resumed } from './tail.ts'
import { resumeAccounts, withoutCorrected } from './tail-store.ts'
import { storeTerms, withStoredTerms } from './term-store.ts'
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
 * reversals and new lines. `moveCatalog` writes what is new of products and prices and says whether anything is. `told` is what was
 * just stored of an account of which nothing else moved: when that is later than all that is known, the fold goes on from where it
 * stands. The caller holds the tenant's row lock, so there is one writer per tenant at a time.
 */
export async function post(
  tx: Tx,
  context: PostContext,
  touched: readonly string[],
  moveCatalog: () => Promise<boolean>,
  told: News = new Map(),
): Promise<{ appended: number }> {
  const { tenantId, timeZone } = context
  const { revision, recognition } = context.rules ?? FIRST_RULES
  const before = await storedPlaces(tx, tenantId)
  const catalogMoved = await moveCatalog()
  const corrections = await readCorrections(tx, tenantId)
  // Where a fold stands is kept for the first rules alone; others read the past.
  const news = revision === FIRST_RULES.revision ? withoutCorrected(told, corrections) : new Map()
  const inFull = await withStoredTerms(tx, tenantId, news)
  const resumed = await resumeAccounts(tx, context, { news: inFull, corrections })
  const fold = (accounts: Iterable<string>) => foldAccounts(tx, tenantId, [...accounts], corrections, recognition, news)
  const accounts = new Set(touched.flatMap((account) => [account, corrections.rootOf(account)]))
  const folded = await fold([...accounts].filter((account) => !resumed.has(account)))
  const evidence = new Map<string, Evidence[]>()
  for (const [account, history] of folded)
    evidence.set(account, catalogEvidence(counted(account, history, corrections), timeZone))
  const later = new Map<string, Evidence[]>()
  for (const [account, { histories }] of resumed) later.set(account, catalogEvidence(histories, timeZone))
  const evidenceMoved = await storeEvidence(tx, tenantId, evidence)
  const evidenceAdded = await addEvidence(tx, tenantId, later)
  const { places, remapped } =
    catalogMoved || evidenceMoved || evidenceAdded
      ? await refreshCatalog(tx, tenantId, before, corrections.places)
      : { places: before, remapped: [] }
  const again = new Set(remapped.filter((account) => !accounts.has(account)))
  // Where a price stands elsewhere, lines of the past may read otherwise.
  if (!standAsBefore(before, places)) for (const account of resumed.keys()) again.add(account)
  for (const account of again) resumed.delete(account)
  for (const [account, history] of await fold(again)) folded.set(account, history)
  return append(tx, context, { folded, resumed }, { mapping: catalogMapping(places), corrections })
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

type Accounts = { folded: ReadonlyMap<string, History[]>; resumed: ReadonlyMap<string, Resumed> }

async function append(
  tx: Tx,
  context: PostContext,
  { folded, resumed }: Accounts,
  { mapping, corrections }: { mapping: CatalogMapping; corrections: Corrections },
) {
  const { tenantId, timeZone } = context
  const { revision, recognition } = context.rules ?? FIRST_RULES
  const accounts = [...folded.keys(), ...resumed.keys()].sort()
  if (accounts.length === 0) return { appended: 0 }
  await tx.$queryRaw`SELECT 1 FROM account WHERE tenant_id = ${tenantId} AND id = ANY(${accounts}) ORDER BY id FOR UPDATE`
  const posted = await postedLines(tx, tenantId, [...folded.keys()], revision)
  const gone: bigint[] = []
  const additions: Line[] = []
  const outlook = new Map<string, OutlookPoint[]>()
  for (const [account, history] of folded) {
    const lines = correctedLines(account, history, { timeZone, mapping, corrections, recognition })
    const difference = compare(posted.current.get(account) ?? [], lines)
    for (const line of difference.gone) gone.push(line.id)
    for (const line of difference.come) additions.push(line)
    outlook.set(account, outlookOf(counted(account, history, corrections), { timeZone, mapping, recognition }))
  }
  // Nothing is agreed to come, on trial, paused or metered of these: their outlook and meters stay as they are.
  for (const [account, { since, histories }] of resumed) {
    for (const line of accountLines(account, histories, timeZone, mapping))
      if (line.effectiveDay > since) additions.push(line)
  }
  const reversals = (await linesByIds(tx, tenantId, gone)).map((line) => ({
    ...line,
    reason: whyGone(line.account, corrections) ?? line.reason,
  }))
  const appended = await appendLines(tx, context, posted.ordinals, reversals, additions)
  await markLate(tx, context, { reversals, additions })
  await moveChanges(tx, tenantId, { reversals, additions })
  await moveOutlook(tx, context, outlook)
  await storeSubscriptions(tx, tenantId, { folded, resumed }, { mapping, recognition })
  await storeMeters(tx, tenantId, folded, corrections)
  await storeTerms(tx, tenantId, { folded, resumed })
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
