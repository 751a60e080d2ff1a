import type { Database, Tx } from '@nobishiro/prisma'
import { type Change, note } from '../access/audit.ts'
import type { IngestEvent } from '../ingest/event.ts'
import { readCorrectionEvents } from '../ingest/people/read-corrections.ts'
import { quoted } from '../ingest/reduce.ts'
import { sameCustomer } from './erase-account.ts'

/** Moves when a field is renamed or goes. */
const FORMAT_VERSION = 1

export type AccountExport = {
  format: 'nobishiro-account'
  formatVersion: typeof FORMAT_VERSION
  exportedAt: string
  tenant: string
  accounts: Held[]
}

/** All that is held of one account, as rows of the tables that hold it; docs/account-export.md says what each is. */
export type Held = { id: string } & Record<
  | 'account'
  | 'attributes'
  | 'shares'
  | 'subscriptions'
  | 'items'
  | 'lines'
  | 'usage'
  | 'observations'
  | 'corrections'
  | 'deliveries'
  | 'conflicts',
  object[]
>

/**
 * Everything that is held of an account and of those that were merged with it. Deliveries are given as what was understood of them, and of
 * those that name others, this account's events alone.
 */
export function exportAccount(
  db: Database,
  { tenantId, by, now }: Change,
  account: string,
  write: (json: string) => Promise<void>,
): Promise<AccountExport> {
  return db.withTenant(
    { tenantId, viewer: 'TENANT' },
    async (tx) => {
      const ids = await sameCustomer(tx, tenantId, account, 'account')
      const accounts: Held[] = []
      for (const id of ids) accounts.push(await heldOf(tx, tenantId, id))
      const exportedAt = now.toISOString()
      const file = {
        format: 'nobishiro-account',
        formatVersion: FORMAT_VERSION,
        exportedAt,
        tenant: tenantId,
        accounts,
      } as const
      await write(`${JSON.stringify(file, spell, 2)}\n`)
      for (const subject of ids) await note(tx, { tenantId, at: now, by, action: 'ACCOUNT_EXPORTED', subject })
      return file
    },
    { timeoutMs: 600_000 },
  )
}

async function heldOf(tx: Tx, tenantId: string, id: string): Promise<Held> {
  const where = { tenantId, accountId: id }
  const omit = { tenantId: true } as const
  const subscriptions = await tx.subscription.findMany({ where, omit, orderBy: { id: 'asc' } })
  const touching = (await readCorrectionEvents(tx, tenantId)).filter(({ touches }) => touches.includes(id))
  return {
    id,
    account: await tx.account.findMany({ where: { tenantId, id }, omit }),
    attributes: await tx.accountAttributes.findMany({ where, omit, orderBy: { saidAt: 'asc' } }),
    shares: await tx.partnerAccount.findMany({ where, omit, orderBy: { partner: 'asc' } }),
    subscriptions,
    items: await tx.subscriptionItem.findMany({
      where: { tenantId, subscriptionId: { in: subscriptions.map((one) => one.id) } },
      omit,
      orderBy: [{ subscriptionId: 'asc' }, { id: 'asc' }],
    }),
    lines: await tx.ledgerLine.findMany({ where, omit, orderBy: { id: 'asc' } }),
    usage: await tx.usageRecord.findMany({
      where,
      omit,
      orderBy: [{ day: 'asc' }, { source: 'asc' }, { externalId: 'asc' }],
    }),
    observations: await tx.observation.findMany({
      where,
      omit,
      orderBy: [{ day: 'asc' }, { kind: 'asc' }, { externalId: 'asc' }],
    }),
    corrections: touching.map(({ touches: _, ...correction }) => correction),
    deliveries: await deliveriesOf(tx, tenantId, id),
    conflicts: await conflictsOf(tx, tenantId, id),
  }
}

/** Integers stay exact. */
const spell = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value)

type Delivery = { external_id: string; account: string | null; events: IngestEvent[] | null; body: Uint8Array | null }

/** A body goes out where nothing of it was understood, for there is no other form of it, and it names no other account. */
async function deliveriesOf(tx: Tx, tenantId: string, id: string): Promise<object[]> {
  const [source, account] = partsOf(id)
  const rows = await tx.$queryRaw<Delivery[]>`
    SELECT external_id, kind, event_time AS "eventTime", received_at AS "receivedAt", reduced_at AS "reducedAt", status, reason, events,
      substr(account_id, ${source.length + 2}) AS account,
      CASE WHEN events = '[]' AND (account_id = ${id} OR account_id IS NULL AND NOT EXISTS (
        SELECT FROM account other WHERE other.tenant_id = ${tenantId} AND other.source = ${source} AND other.id <> ${id}
          AND position(convert_to(to_json(other.external_id)::text, 'UTF8') IN raw) > 0)) THEN raw END AS body
    FROM inbox WHERE tenant_id = ${tenantId} AND source = ${source}
      AND (account_id = ${id} OR EXISTS (SELECT FROM jsonb_array_elements(events) AS event WHERE event ->> 'account' = ${account})
        OR (events = '[]' AND position(convert_to(${quoted(account)}, 'UTF8') IN raw) > 0))
    ORDER BY event_time, external_id`
  return rows.map((row) => ofAccount(row, account))
}

async function conflictsOf(tx: Tx, tenantId: string, id: string): Promise<object[]> {
  const [source, account] = partsOf(id)
  const rows = await tx.$queryRaw<Delivery[]>`
    SELECT external_id, kind, event_time AS "eventTime", received_at AS "receivedAt", reduced_at AS "reducedAt", account, events, ignored,
      resolution, reason, NULL AS body
    FROM inbox_conflict WHERE tenant_id = ${tenantId} AND source = ${source}
      AND (account = ${account} OR EXISTS (SELECT FROM jsonb_array_elements(events) AS event WHERE event ->> 'account' = ${account}))
    ORDER BY received_at, external_id, body_sha256`
  return rows.map((row) => ofAccount(row, account))
}

/** What a delivery says of this account, and what it says of none. */
function ofAccount({ external_id: externalId, account: own, events, body, ...row }: Delivery, account: string): object {
  const said = (events ?? []).filter((event) => ('account' in event ? event.account === account : own === account))
  return { externalId, ...row, events: said, ...(body === null ? {} : { body: Buffer.from(body).toString() }) }
}

function partsOf(id: string): [source: string, externalId: string] {
  const colon = id.indexOf(':')
  return [id.slice(0, colon), id.slice(colon + 1)]
}
