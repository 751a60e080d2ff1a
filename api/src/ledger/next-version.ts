import type { Tx } from '@nobishiro/prisma'
import { ExpectedError } from '../shared/errors.ts'

export type NextVersion = { tenantId: string; version: bigint; timeZone: string; recordedAt: Date }

/** Locks the tenant and begins a version of its ledger. */
export async function nextVersion(tx: Tx, tenantId: string): Promise<NextVersion> {
  const [next] = await tx.$queryRaw<{ version: bigint; time_zone: string; recorded_at: Date }[]>`
    UPDATE tenant SET version = version + 1 WHERE id = ${tenantId} RETURNING version, time_zone, clock_timestamp() AS recorded_at`
  if (!next) throw new ExpectedError('NOT_FOUND', `Tenant "${tenantId}" does not exist`)
  return { tenantId, version: next.version, timeZone: next.time_zone, recordedAt: next.recorded_at }
}
