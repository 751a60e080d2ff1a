import { type Columns, rowsAs, type Tx } from '@nobishiro/prisma'
import type { AccountEvent, IngestEvent } from './event.ts'
import type { InboxKey } from './inbox.ts'

const SAID: Columns = { account: 'text', at: 'timestamptz', attributes: 'jsonb' }

/**
 * What is said of the attributes of accounts, word by word, so that the order of delivery decides nothing. Of one instant the word that
 * sorts last. A delivery speaks of its own account.
 */
export async function upsertAttributes(
  tx: Tx,
  key: InboxKey,
  deliveries: readonly { account: string | null; events: readonly IngestEvent[] }[],
): Promise<void> {
  const said = deliveries.flatMap(({ account, events }) =>
    events.filter((event): event is AccountEvent => event.type === 'account' && event.account === account),
  )
  if (said.length === 0) return
  const rows = said.map(({ account, at, attributes }) => [`${key.source}:${account}`, at, attributes ?? {}])
  await tx.$executeRaw`
    INSERT INTO account_attributes AS known (tenant_id, account_id, said_at, attributes)
    SELECT DISTINCT ON (account, said_at) ${key.tenantId}, account, at::timestamptz(3) AS said_at, attributes
    FROM ${await rowsAs(tx, 'attributes_said', SAID, rows)}
    ORDER BY account, said_at, attributes DESC
    ON CONFLICT (tenant_id, account_id, said_at) DO UPDATE SET attributes = greatest(known.attributes, excluded.attributes)`
}

/** As if nothing had been said; what the inbox still says is told again. */
export async function forgetAttributes(
  tx: Tx,
  { tenantId, source }: InboxKey,
  accounts: ReadonlySet<string>,
): Promise<void> {
  const ids = [...accounts].map((account) => `${source}:${account}`)
  await tx.$executeRaw`DELETE FROM account_attributes WHERE tenant_id = ${tenantId} AND account_id = ANY(${ids})`
}
