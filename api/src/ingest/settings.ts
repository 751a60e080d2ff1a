import type { Prisma, Tx } from '@nobishiro/prisma'
import { sha256 } from '../shared/canonical.ts'

/** Where people's decisions stand in the inbox: no source can be named so, and it declares no watermark. */
export const SETTINGS = '(settings)'

/** What a person decided for the whole tenant, kept in the inbox like everything else that the ledger follows. */
export type SettingEvent =
  /** `month` is YYYY-MM. */
  | { type: 'monthClose'; at: string; month: string; reason: string | null }
  /** What the ledger's recognition policy says; the ledger reads it. */
  | { type: 'recognitionPolicy'; at: string; policy: Record<string, string | number | null>; reason: string }
  /** What the ledger's rules of costs say. */
  | {
      type: 'costs'
      at: string
      costs: Record<string, string | number | null | Record<string, string>>
      reason: string
    }
  /** A saved segment as it is from now on; without a rule it is no more. */
  | { type: 'segment'; at: string; id: string; name: string; rule: object | null }
  /** What a metric shall be from a month on (YYYY-MM); null ends it. */
  | { type: 'target'; at: string; metric: string; from: string; value: string | null }
  /** Of these accounts, "source:id", nothing personal is kept from now on. */
  | { type: 'erasure'; at: string; accounts: string[] }

export type Setting<Type extends SettingEvent['type']> = Extract<SettingEvent, { type: Type }>

/** Stores a decision under the version that it makes, received now unless said. */
export async function recordSetting(
  tx: Tx,
  { tenantId, version, receivedAt }: { tenantId: string; version: bigint; receivedAt?: Date },
  event: SettingEvent,
): Promise<void> {
  const raw = Buffer.from(JSON.stringify(event))
  await tx.inbox.create({
    data: {
      tenantId,
      source: SETTINGS,
      externalId: `${event.type} ${String(version).padStart(12, '0')}`,
      kind: event.type,
      bodySha256: Buffer.from(sha256(raw), 'hex'),
      raw,
      events: [event] as Prisma.InputJsonValue[], // plain values
      eventTime: new Date(event.at),
      status: 'POSTED',
      ...(receivedAt && { receivedAt }),
    },
    select: { externalId: true },
  })
}

/** Takes the decisions of one database over into another. */
export async function copySettings(from: Tx, into: Tx, tenantId: string): Promise<void> {
  const rows = await from.inbox.findMany({ where: { tenantId, source: SETTINGS } })
  await into.inbox.createMany({
    data: rows.map(({ events, ...row }) => ({ ...row, events: events as Prisma.InputJsonValue })), // as they were stored
  })
}

/** Decisions of a kind, the oldest first; of those that were known at an instant. */
export async function settingsOf<Type extends SettingEvent['type']>(
  tx: Tx,
  tenantId: string,
  kind: Type,
  asOf?: Date,
): Promise<Setting<Type>[]> {
  const known = asOf === undefined ? {} : { receivedAt: { lte: asOf } }
  const rows = await tx.inbox.findMany({
    where: { tenantId, source: SETTINGS, kind, status: 'POSTED', ...known },
    select: { events: true },
    orderBy: { externalId: 'asc' },
  })
  return rows.flatMap(({ events }) => events as Setting<Type>[]) // written by recordSetting alone
}
