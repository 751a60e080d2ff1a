import { Prisma } from '../generated/client/client.ts'
import type { Tx } from './database.ts'

/** Empties every table of a tenant's rows, whichever tables there are; what others point at goes last. */
export async function deleteTenant(tx: Tx, tenantId: string): Promise<boolean> {
  await tx.$queryRaw`SELECT set_config('nobishiro.tenant', ${tenantId}, true), set_config('nobishiro.viewer', 'TENANT', true),
    set_config('nobishiro.scope', '', true)`
  const [tenant] = await tx.$queryRaw<{ id: string }[]>`SELECT id FROM tenant WHERE id = ${tenantId} FOR UPDATE`
  if (!tenant) return false
  const tables = await tx.$queryRaw<{ name: string }[]>`
    SELECT table_name::text AS name FROM information_schema.columns
    WHERE table_schema = 'public' AND column_name = 'tenant_id' ORDER BY table_name = 'account', table_name`
  for (const { name } of tables)
    await tx.$executeRaw`DELETE FROM ${Prisma.raw(`"${name}"`)} WHERE tenant_id = ${tenantId}`
  await tx.$executeRaw`DELETE FROM tenant WHERE id = ${tenantId}`
  return true
}
