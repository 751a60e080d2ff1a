import { type Columns, rowsAs, type Tx } from '@nobishiro/prisma'
import type { AccountEvent, IngestEvent } from './event.ts'
import type { InboxKey } from './inbox.ts'

const SAID: Columns = { account: 'text', at: 'timestamptz', partner: 'text' }

const partnerOf = ({ attributes }: AccountEvent): string => attributes?.['partner'] ?? ''

/**
 * Whom accounts are attributed to, word by word, once any word named a partner: then all that the inbox says of the account stands, so the
 * order of delivery decides nothing. Of one instant the word that sorts last. A delivery speaks of its own account, and is in the inbox
 * already.
 */
export async function upsertPartners(
  tx: Tx,
  key: InboxKey,
  deliveries: readonly { account: string | null; events: readonly IngestEvent[] }[],
): Promise<void> {
  const said = deliveries.flatMap(({ account, events }) =>
    events.filter((event): event is AccountEvent => event.type === 'account' && event.account === account),
  )
  if (said.length === 0) return
  const idOf = ({ account }: AccountEvent) => `${key.source}:${account}`
  const naming = [...new Set(said.filter((event) => partnerOf(event) !== '').map(idOf))]
  if (naming.length > 0) await readPast(tx, key, naming)
  const rows = said.map((event) => [idOf(event), event.at, partnerOf(event)])
  await tx.$executeRaw`
    INSERT INTO account_partner AS known (tenant_id, account_id, said_at, partner)
    SELECT ${key.tenantId}, account, at::timestamptz(3), max(partner COLLATE "C")
    FROM ${await rowsAs(tx, 'partner_said', SAID, rows)}
    WHERE EXISTS (SELECT FROM account_partner other WHERE other.tenant_id = ${key.tenantId} AND other.account_id = account)
    GROUP BY 2, 3
    ON CONFLICT (tenant_id, account_id, said_at) DO UPDATE SET partner = greatest(known.partner COLLATE "C", excluded.partner COLLATE "C")`
}

/** Of accounts that had none so far. */
async function readPast(tx: Tx, { tenantId, source }: InboxKey, naming: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO account_partner (tenant_id, account_id, said_at, partner)
    SELECT ${tenantId}, account_id, said_at, max(partner COLLATE "C")
    FROM (
      SELECT account_id, (event ->> 'at')::timestamptz(3) AS said_at, coalesce(event -> 'attributes' ->> 'partner', '') AS partner
      FROM inbox, jsonb_array_elements(events) AS event
      WHERE tenant_id = ${tenantId} AND source = ${source} AND account_id = ANY(${[...naming]}) AND status = 'POSTED'
        AND event ->> 'type' = 'account' AND source || ':' || (event ->> 'account') = account_id
        AND NOT EXISTS (SELECT FROM account_partner other WHERE other.tenant_id = inbox.tenant_id AND other.account_id = inbox.account_id)
    ) AS said
    GROUP BY 2, 3`
}

/** As if nothing had been said; what the inbox still says is told again. */
export async function forgetPartners(
  tx: Tx,
  { tenantId, source }: InboxKey,
  accounts: ReadonlySet<string>,
): Promise<void> {
  const ids = [...accounts].map((account) => `${source}:${account}`)
  await tx.$executeRaw`DELETE FROM account_partner WHERE tenant_id = ${tenantId} AND account_id = ANY(${ids})`
}
