import type { Database, Tx } from '@nobishiro/prisma'
import { recordSetting, settingsOf } from '../ingest/settings.ts'
import { tellClosed } from '../outbox/tell-closed.ts'
import { ExpectedError } from '../shared/errors.ts'
import { localDay } from '../shared/local-day.ts'
import { type NextVersion, nextVersion } from './next-version.ts'

export type MonthClosing = {
  /** YYYY-MM */
  month: string
  reason: string | null
}
export type ClosedMonth = MonthClosing & { closedAt: Date; version: bigint }

/**
 * Closes a month, and every month before it that is still open: what is recorded afterwards and counts in it restates it. Closing
 * one again accepts what has changed since; figures as of the first close stay readable with asOf.
 */
export function closeMonth(
  db: Database,
  { tenantId, now }: { tenantId: string; now: Date },
  closing: MonthClosing,
): Promise<ClosedMonth> {
  return db.withTenant({ tenantId, viewer: 'TENANT' }, async (tx) => {
    const next = await nextVersion(tx, tenantId)
    const today = localDay(now, next.timeZone)
    if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(closing.month))
      throw invalid(`month is "${closing.month.slice(0, 40)}"; accepted: a month such as 2026-10.`)
    if (closing.month >= today.slice(0, 7))
      throw invalid(
        `${closing.month} is not over: today is ${today} in ${next.timeZone}. A month is closed after its end.`,
      )
    await recordSetting(
      tx,
      { tenantId, version: next.version },
      { type: 'monthClose', at: now.toISOString(), ...closing },
    )
    return applyClose(tx, next, closing)
  })
}

/** The decisions of an inbox that has just been posted as a whole: nothing of it is late. */
export async function applyCloses(tx: Tx, tenantId: string): Promise<void> {
  for (const { month, reason } of await settingsOf(tx, tenantId, 'monthClose'))
    await applyClose(tx, await nextVersion(tx, tenantId), { month, reason })
}

async function applyClose(tx: Tx, next: NextVersion, { month, reason }: MonthClosing): Promise<ClosedMonth> {
  const { tenantId, version, recordedAt: closedAt } = next
  await tx.monthClose.create({
    data: { tenantId, version, month: new Date(`${month}-01`), closedAt, by: 'PERSON', reason },
  })
  await tellClosed(tx, { tenantId, month, closedAt, version, by: 'PERSON' })
  return { month, reason, closedAt, version }
}

const invalid = (message: string): ExpectedError => new ExpectedError('INVALID_INPUT', message, 'month')
