import type { Tx } from '@nobishiro/prisma'
import type { IngestEvent, RateEvent } from './event.ts'
import type { InboxKey } from './inbox.ts'

const isRate = (event: IngestEvent): event is RateEvent => event.type === 'rate'
const AMOUNT = /^\d{1,20}(?:\.\d{1,40})?$/
const isPositive = (text: string): boolean => AMOUNT.test(text) && /[1-9]/.test(text)
const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`))

/** What cannot be a rate: place, value and what is accepted; null when all can be. */
export function unsoundRate(events: readonly IngestEvent[]): string | null {
  for (const event of events) {
    if (!isRate(event)) continue
    const { currency, day, rate, per } = event
    if (!/^[A-Z]{3}$/.test(currency)) return `currency ${shorten(currency)}; accepted: an ISO 4217 code such as USD.`
    if (!isDay(day)) return `day ${shorten(day)} of a rate; accepted: a day such as 2026-10-31.`
    const bad = [rate, per].find((value) => !isPositive(value))
    if (bad !== undefined) return `rate ${shorten(bad)} of ${currency} on ${day}; accepted: a decimal above zero.`
  }
  return null
}

const shorten = (text: string): string => (text.length <= 40 ? text : `${text.slice(0, 39)}…`)

/** Of each currency and day the latest word counts, and of one instant the one that sorts last: delivery order decides nothing. */
export async function upsertRates(
  tx: Tx,
  { tenantId, source }: InboxKey,
  events: readonly IngestEvent[],
): Promise<void> {
  const rows = events.filter(isRate)
  for (let start = 0; start < rows.length; start += 5_000) {
    await tx.$executeRaw`
      INSERT INTO exchange_rate AS known (tenant_id, source, currency, day, rate, per, said_at)
      SELECT DISTINCT ON (currency, day) ${tenantId}, ${source}, currency, day, rate, per, at
      FROM json_to_recordset(${JSON.stringify(rows.slice(start, start + 5_000))}::json) AS row
        (currency text, day date, rate text, per text, at timestamptz)
      ORDER BY currency, day, at DESC, rate COLLATE "C" DESC, per COLLATE "C" DESC
      ON CONFLICT (tenant_id, source, currency, day) DO UPDATE
        SET rate = excluded.rate, per = excluded.per, said_at = excluded.said_at
        WHERE (known.said_at, known.rate COLLATE "C", known.per COLLATE "C")
          < (excluded.said_at, excluded.rate COLLATE "C", excluded.per COLLATE "C")`
  }
}

/** Takes back what the source said of these days, to be told anew. */
export async function forgetRates(tx: Tx, { tenantId, source }: InboxKey, days: readonly string[]): Promise<void> {
  if (days.length === 0) return
  await tx.$executeRaw`
    DELETE FROM exchange_rate WHERE tenant_id = ${tenantId} AND source = ${source} AND day = ANY(${[...days]}::text[]::date[])`
}
