import type { Database } from '@nobishiro/prisma'
import { apiReader } from '../api-reader.ts'
import { type HistoryDependencies, readHistory } from '../read-history.ts'
import type { HistoryReport } from '../report.ts'
import { NOW } from './lives.ts'

export type ReadOptions = Pick<HistoryDependencies, 'onProgress'> & { since?: string; dryRun?: boolean; now?: number }

/** Reads a history through the official client into the tenant "acme-saas", at the vendor's now unless said. */
export function readFrom(db: Database, base: URL, options: ReadOptions = {}): Promise<HistoryReport> {
  const { since = null, dryRun = false, now = NOW, onProgress } = options
  return readHistory(
    { db, clock: () => new Date(now * 1000), ...(onProgress && { onProgress }) },
    {
      ...{ tenantId: 'acme-saas', source: 'stripe', since, dryRun },
      reader: (run) => apiReader({ key: 'rk_test_1234567890', base, ...run }),
    },
  )
}
