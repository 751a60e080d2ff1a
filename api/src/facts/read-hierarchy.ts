import type { Tx } from '@nobishiro/prisma'
import { readCorrections } from '../ingest/people/read-corrections.ts'
import { localDay } from '../shared/local-day.ts'
import { type Hierarchy, hierarchyOf } from './hierarchy.ts'

const END_OF_TIME = new Date('9999-12-31T00:00:00Z')

/** Who belonged to whom when, from all that sources have said by an instant. A merged account counts as the one it became. */
export async function readHierarchy(
  tx: Tx,
  { tenantId, timeZone }: { tenantId: string; timeZone: string },
  asOf: Date = END_OF_TIME,
): Promise<Hierarchy> {
  const rows = await tx.$queryRaw<{ account: string; at: string; parent: string | null }[]>`
    WITH child AS (
      SELECT DISTINCT account_id FROM inbox
      WHERE tenant_id = ${tenantId} AND events @? '$[*].parent' AND status = 'POSTED' AND received_at <= ${asOf}
    )
    SELECT account_id AS account, event ->> 'at' AS at, source || ':' || (event ->> 'parent') AS parent
    FROM inbox JOIN child USING (account_id), jsonb_array_elements(events) AS event
    WHERE tenant_id = ${tenantId} AND status = 'POSTED' AND received_at <= ${asOf} AND event ->> 'type' = 'account'
      AND source || ':' || (event ->> 'account') = account_id`
  const { rootOf } = await readCorrections(tx, tenantId)
  return hierarchyOf(
    rows.map(({ account, at, parent }) => ({
      account,
      from: localDay(new Date(at), timeZone),
      parent: parent === null ? null : rootOf(parent),
    })),
  )
}
