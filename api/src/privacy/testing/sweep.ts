import type { Database } from '@nobishiro/prisma'

/** Tables of the tenant in which a text is found, in whatever column: in texts, in JSON, and in bytes. */
export function sweep(db: Database, tenantId: string, text: string): Promise<string[]> {
  const hex = Buffer.from(text).toString('hex')
  return db.withTenant({ tenantId, viewer: 'TENANT' }, async (tx) => {
    const tables = await tx.$queryRaw<{ name: string }[]>`
      SELECT relname::text AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
        AND relname <> '_prisma_migrations' ORDER BY 1`
    const found: string[] = []
    for (const { name } of tables) {
      const [row] = await tx.$queryRawUnsafe<{ count: number }[]>(
        `SELECT count(*)::int AS count FROM "${name}" AS one WHERE strpos(row_to_json(one)::text, $1) > 0 OR strpos(row_to_json(one)::text, $2) > 0`,
        text,
        hex,
      )
      if (row && row.count > 0) found.push(name)
    }
    return found
  })
}
