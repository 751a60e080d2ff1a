import { type PolicyRevision, revisionsOf } from '../ledger/rules-store.ts'
import { ExpectedError } from '../shared/errors.ts'
import type { Context } from './context.ts'
import { asOfOf } from './fact-args.ts'

/** Whose knowledge a side of a comparison has: a revision as it last stood, an instant, or what is known now. */
export async function sideAsOf(
  said: { revision?: number | null | undefined; asOf?: Date | null | undefined },
  { read, principal, now }: Context,
  field: string,
): Promise<Date | undefined> {
  const { revision, asOf } = said
  if (revision == null) return asOfOf(asOf, now)
  if (asOf != null)
    throw new ExpectedError('INVALID_INPUT', `${field} takes a revision or asOf, not both.`, `${field}.revision`)
  const revisions = await read((tx) => revisionsOf(tx, principal.tenantId))
  if (!revisions.some((one) => one.revision === revision)) {
    const known = revisions.map((one) => one.revision).sort((a, b) => a - b)
    const message = `${field}.revision is one that was built: ${known.join(', ')}.`
    throw new ExpectedError('INVALID_INPUT', message, `${field}.revision`)
  }
  return endOf(revision, revisions)
}

/** The last instant of a revision; undefined of the one in force. */
function endOf(revision: number, revisions: readonly PolicyRevision[]): Date | undefined {
  const next = revisions.find((one) => one.revision === revision + 1)?.recordedAt
  return next ? new Date(next.getTime() - 1) : undefined
}
