import type { Tx } from '@nobishiro/prisma'

/**
 * Puts their events in place of bodies: the one thing that the application may do with a body. Of a nameless one that says nothing any more
 * the id goes too, since it may name a person.
 */
export async function reduceBodies(
  tx: Tx,
  rows: readonly { source: string; id: string; nameless: boolean }[],
): Promise<void> {
  if (rows.length === 0) return
  await tx.$queryRaw`
    SELECT nobishiro_reduce(${rows.map(({ source }) => source)}::text[], ${rows.map(({ id }) => id)}::text[],
      ${rows.map(({ nameless }) => nameless)}::boolean[])`
}

/** The same of second bodies, each named by its digest in hexadecimal digits too. */
export async function reduceSecondBodies(
  tx: Tx,
  rows: readonly { source: string; id: string; body: string }[],
): Promise<void> {
  if (rows.length === 0) return
  await tx.$queryRaw`
    SELECT nobishiro_reduce_conflicts(array_agg(source), array_agg(id), array_agg(decode(body, 'hex')))
    FROM json_to_recordset(${JSON.stringify(rows)}::json) AS row (source text, id text, body text)`
}
