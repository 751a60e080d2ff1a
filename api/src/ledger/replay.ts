import type { Tx } from '@nobishiro/prisma'
import { readCorrections } from '../ingest/people/read-corrections.ts'
import { catalogMapping } from './catalog.ts'
import { storedPlaces } from './catalog-store.ts'
import { correctedLines, counted } from './corrected-lines.ts'
import { foldAccounts } from './fold-accounts.ts'
import { postedLines } from './line-store.ts'
import { outlookOf } from './outlook.ts'
import { type OutlookRow, outlookSums } from './outlook-store.ts'
import { rulesOf } from './rules-store.ts'
import { tailProblems } from './tail.ts'
import { tailsOf } from './tail-store.ts'
import type { Problem } from './verify-checks.ts'

/** Accounts are replayed in slices, so that memory does not grow with the tenant. */
const SLICE = 500

/** Folds the whole inbox again and names the accounts whose current lines say something else. */
export async function replayProblems(
  tx: Tx,
  { tenantId, timeZone }: { tenantId: string; timeZone: string },
): Promise<Problem[]> {
  const { revision, recognition } = await rulesOf(tx, tenantId)
  const mapping = catalogMapping(await storedPlaces(tx, tenantId))
  const corrections = await readCorrections(tx, tenantId)
  const accounts = await tx.account.findMany({ where: { tenantId }, select: { id: true }, orderBy: { id: 'asc' } })
  const problems: Problem[] = []
  for (let start = 0; start < accounts.length; start += SLICE) {
    const ids = accounts.slice(start, start + SLICE).map(({ id }) => id)
    const folded = await foldAccounts(tx, tenantId, ids, corrections, recognition)
    const posted = await postedLines(tx, tenantId, ids, revision)
    const tails = await tailsOf(tx, tenantId, ids)
    const beside = sumsByAccount(await outlookSums(tx, tenantId, ids))
    for (const id of ids) {
      const counting = counted(id, folded.get(id) ?? [], corrections)
      const outlook = outlookOf(counting, { timeZone, mapping, recognition })
      const [said, kept] = [sumsByAccount(outlook.map((point) => ({ account: id, ...point }))).get(id), beside.get(id)]
      if ((said ?? '') !== (kept ?? ''))
        problems.push({ where: `${id}, beside MRR`, expected: said || 'nothing', found: kept || 'nothing' })
      problems.push(...tailProblems(folded.get(id) ?? [], tails.get(id) ?? null))
      const wanted = correctedLines(id, folded.get(id) ?? [], { timeZone, mapping, corrections, recognition }).map(
        (line) => line.contentKey,
      )
      const found = (posted.current.get(id) ?? []).map((line) => line.contentKey)
      const missing = wanted.filter((key) => !found.includes(key)).length
      const extra = found.filter((key) => !wanted.includes(key)).length
      if (missing + extra > 0 || wanted.length !== found.length) {
        problems.push({
          where: id,
          expected: `${wanted.length} lines`,
          found: `${found.length} lines, ${missing} missing, ${extra} not explained by events`,
        })
      }
    }
  }
  return problems
}

/** What stands beside the MRR of each account, as text: equal where it is the same. */
function sumsByAccount(rows: readonly OutlookRow[]): Map<string, string> {
  const sums = new Map<string, Map<string, bigint>>()
  for (const { account, day, kind, plan, region, currency, amount } of rows) {
    const own = sums.get(account) ?? new Map<string, bigint>()
    sums.set(account, own)
    const place = [day, kind, plan, region, currency].join(' ')
    own.set(place, (own.get(place) ?? 0n) + amount)
  }
  const shown = (own: Map<string, bigint>) =>
    [...own].flatMap(([place, sum]) => (sum === 0n ? [] : `${place} ${sum}`)).sort()
  return new Map([...sums].map(([account, own]) => [account, shown(own).join(', ')]))
}
