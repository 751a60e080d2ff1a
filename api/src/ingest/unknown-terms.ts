import type { Tx } from '@nobishiro/prisma'
import type { TermKind } from './term.ts'

/** What events name by id and nothing tells, though the MRR of accounts rests on it. */
export type UnknownTerm = {
  source: string
  kind: TermKind
  /** Of a price with its currency: "price_1 USD". */
  id: string
  /** How many accounts, and one of them. */
  accounts: number
  example: string
}

export const unknownTerms = (tx: Tx, tenantId: string): Promise<UnknownTerm[]> => tx.$queryRaw<UnknownTerm[]>`
  SELECT source, kind, external_id AS id, count(*)::int AS accounts, min(account_id) AS example
  FROM account_term WHERE tenant_id = ${tenantId} AND NOT is_known
  GROUP BY source, kind, external_id ORDER BY source, kind, external_id`
