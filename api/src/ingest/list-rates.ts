import type { Tx } from '@nobishiro/prisma'

export type KnownRate = { day: string; currency: string; rate: string; per: string; source: string; saidAt: Date }

/** The rates that count, newest day first. */
export function listRates(
  tx: Tx,
  tenantId: string,
  { currency, limit }: { currency: string | null; limit: number },
): Promise<KnownRate[]> {
  return tx.$queryRaw<KnownRate[]>`
    SELECT * FROM (
      SELECT DISTINCT ON (currency, day) day::text, currency, rate, per, source, said_at AS "saidAt" FROM exchange_rate
      WHERE tenant_id = ${tenantId} AND (${currency}::text IS NULL OR currency = ${currency})
      ORDER BY currency, day, said_at DESC, rate COLLATE "C" DESC, per COLLATE "C" DESC, source COLLATE "C" DESC
    ) AS counting ORDER BY day DESC, currency LIMIT ${limit}`
}
