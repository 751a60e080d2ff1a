import type { Tx } from '@nobishiro/prisma'
import { readCorrections } from '../../ingest/people/read-corrections.ts'
import { ExpectedError } from '../../shared/errors.ts'
import { foldAccounts } from '../fold-accounts.ts'
import { NOBISHIRO } from '../recognition.ts'
import type { Uncovered } from './uncovered.ts'

/** A subscription that cannot be read of invoices; its id without the source. */
export type UncoveredSubscription = { source: string; kind: string; subscription: string; what: Uncovered }

const SLICE = 500
/** A first invoice may take as long as a draft that an endpoint keeps from being sent. */
const AWAITED_MS = 3 * 86_400_000
/** Names in a message. */
const SHOWN = 20

/** Every subscription whose MRR invoices do not tell, by source. One that began just now waits for its first invoice. */
export async function uncoveredSubscriptions(tx: Tx, tenantId: string, now: Date): Promise<UncoveredSubscription[]> {
  const corrections = await readCorrections(tx, tenantId)
  const sources = await tx.source.findMany({ where: { tenantId }, select: { name: true, kind: true } })
  const kinds = new Map(sources.map(({ name, kind }) => [name, kind]))
  const accounts = await tx.account.findMany({ where: { tenantId }, select: { id: true }, orderBy: { id: 'asc' } })
  const awaited = new Date(now.getTime() - AWAITED_MS).toISOString()
  const found: UncoveredSubscription[] = []
  for (let start = 0; start < accounts.length; start += SLICE) {
    const ids = accounts.slice(start, start + SLICE).map(({ id }) => id)
    const counted = ids.filter((id) => !corrections.isExcluded(id))
    const folded = await foldAccounts(tx, tenantId, counted, corrections, { ...NOBISHIRO, basis: 'INVOICE' })
    for (const { source, subscription, uncovered } of [...folded.values()].flat()) {
      const isAwaited = uncovered && 'from' in uncovered && uncovered.until === undefined && uncovered.from > awaited
      if (!uncovered || isAwaited) continue
      const id = subscription.slice(source.length + 1)
      found.push({ source, kind: kinds.get(source) ?? '', subscription: id, what: uncovered })
    }
  }
  return found.sort((a, b) => compare(a.source, b.source) || compare(a.subscription, b.subscription))
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Refuses to count invoices where some are not told: names the sources, their subscriptions, and what to do. */
export async function refuseUncovered(tx: Tx, tenantId: string, now: Date): Promise<void> {
  const uncovered = await uncoveredSubscriptions(tx, tenantId, now)
  if (uncovered.length === 0) return
  const sources = [...new Set(uncovered.map(({ source }) => source))]
  const lines = sources.map((source) => describeSource(uncovered.filter((each) => each.source === source)))
  throw new ExpectedError(
    'CONFLICT',
    [
      'basis: INVOICE cannot be put into force: some subscriptions have no service periods of invoices. Nothing was changed.',
      ...lines,
      'nobishiro policy uncovered lists them all.',
    ].join('\n'),
    'basis',
  )
}

function describeSource(uncovered: readonly UncoveredSubscription[]): string {
  const [first] = uncovered
  const named = uncovered.slice(0, SHOWN).map(({ subscription, what }) => `${subscription} (${whatIsMissing(what)})`)
  const more = uncovered.length > SHOWN ? ` and ${uncovered.length - SHOWN} more` : ''
  return `Source ${first?.source}, ${uncovered.length} of them: ${named.join(', ')}${more}. ${whatToDo(first?.kind ?? '')}`
}

/** What of it is missing. */
export function whatIsMissing(what: Uncovered): string {
  if ('short' in what) return `lines are missing of ${what.short.join(', ')}`
  const from = what.from.slice(0, 10)
  return what.until === undefined ? `no invoice since ${from}` : `no invoice from ${from} to ${what.until.slice(0, 10)}`
}

export const whatToDo = (kind: string): string =>
  kind === 'STRIPE'
    ? 'Read its invoices with nobishiro connect stripe, or of exported files with nobishiro import stripe.'
    : 'Files of subscriptions and generic events tell of no service period: keep basis: CONTRACT, or bring these in from Stripe or ChartMogul.'
