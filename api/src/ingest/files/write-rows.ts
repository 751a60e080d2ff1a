import type { Received } from '../received.ts'
import { type Prepared, prepareMove } from '../sources/csv/prepare.ts'
import type { Counts } from './report.ts'
import type { Run } from './run.ts'
import { knownIds } from './staging.ts'
import { inboxId, verdictOf } from './versions.ts'

/** Stages what is new in a batch of sound rows (each with what it brings along) and counts the rows. */
export async function writeRows(run: Run, rows: readonly Prepared[][], counts: Counts): Promise<void> {
  const received: Received[] = []
  const usage: string[] = []
  for (const row of rows) {
    const own = row.at(-1)
    if (!own) continue
    const verdict = verdictOf(own, run.known)
    const news = row.slice(0, -1).filter((part) => isNews(run, part))
    run.catalogueChanges += news.length
    received.push(...news.map((part) => toReceived(run, part)))
    if (own.kind === 'usage') usage.push(own.externalId)
    else counts[verdict] += 1
    if (verdict === 'unchanged') continue
    received.push(toReceived(run, own))
    const left = own.kind === 'subscriptions' ? run.known.versions.get(`subscriptions/${own.id}`)?.account : undefined
    if (left && left !== own.account) received.push(toReceived(run, prepareMove(own, left)))
  }
  if (received.length === 0) return
  const isStaging = run.staging !== null && !run.isRefused
  const added = isStaging && run.staging ? await run.staging.add(received) : await wouldAdd(run, received)
  // Usage is not remembered in memory: the database says what it knows.
  for (const id of usage) counts[added.delete(id) ? 'new' : 'unchanged'] += 1
}

/** True for a product or price that is not known, or is known otherwise, and was not met in this import. */
function isNews(run: Run, part: Prepared): boolean {
  const key = `${part.kind}/${part.id}`
  if (run.seen.has(key)) return false
  run.seen.set(key, { hash: part.hash, file: '', line: 0 })
  return verdictOf(part, run.known) !== 'unchanged'
}

function toReceived(run: Run, prepared: Prepared): Received {
  const { kind, account, raw } = prepared
  return {
    externalId: inboxId(prepared, run.known, run.at),
    kind,
    raw,
    eventTime: prepared.happenedAt(run.at) ?? undated(run),
    account,
    events: prepared.events(run.at),
  }
}

/** A row without a date does not move the source's watermark where other rows have dates. */
function undated({ isDated, at }: Run): string {
  return isDated ? new Date(0).toISOString() : at
}

async function wouldAdd(run: Run, received: readonly Received[]): Promise<Set<string>> {
  const known = await knownIds(run.dependencies.db, run.request, run.importId, received)
  const added = new Set(
    received.map(({ externalId }) => externalId).filter((id) => !known.has(id) && !run.wouldStage.has(id)),
  )
  for (const id of added) run.wouldStage.add(id)
  return added
}
