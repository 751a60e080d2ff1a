import type { Tx } from '@nobishiro/prisma'

/** What is not derived word by word: the accounts' own rows, and what happens to quote them. Reads what they were called, so it comes first. */
export async function forgetInFacts(tx: Tx, tenantId: string, accounts: readonly string[], now: Date): Promise<void> {
  const words = await wordsOf(tx, tenantId, accounts)
  // Answers that lie sealed, which show what was just made, end within a day.
  await tx.$executeRaw`
    DELETE FROM idempotent_answer WHERE tenant_id = ${tenantId}
      AND EXISTS (SELECT FROM unnest(${words}::text[]) AS word WHERE strpos(body, word) > 0)`
  await tx.$executeRaw`
    UPDATE source SET last_error = NULL, last_error_at = NULL WHERE tenant_id = ${tenantId}
      AND EXISTS (SELECT FROM unnest(${words}::text[]) AS word WHERE strpos(last_error, word) > 0)`
  await tx.$executeRaw`
    UPDATE account SET name = '', erased_at = ${now}::timestamptz,
      attributes = CASE WHEN jsonb_exists(attributes, 'partner') THEN jsonb_build_object('partner', attributes -> 'partner') ELSE '{}' END
    WHERE tenant_id = ${tenantId} AND id = ANY(${[...accounts]})`
}

/** Ids, names and attributes of the accounts, as a text might quote them. */
async function wordsOf(tx: Tx, tenantId: string, accounts: readonly string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ word: string }[]>`
    WITH said AS (
      SELECT external_id, name, attributes FROM account WHERE tenant_id = ${tenantId} AND id = ANY(${[...accounts]})
    )
    SELECT external_id AS word FROM said UNION SELECT name FROM said
    UNION SELECT value FROM said, jsonb_each_text(attributes) WHERE key <> 'partner' AND length(value) > 3`
  return rows.map(({ word }) => word).filter((word) => word !== '')
}
