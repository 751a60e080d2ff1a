import type { Database } from '@nobishiro/prisma'
import { createKey, findKey } from '../access/keys.ts'
import { parseToken } from '../access/tokens.ts'
import { forgetFile, keepFile } from '../secret.ts'

const FILE = 'demo-key'

/** A key of the demo tenant, made once and kept in the data folder for its owner alone. */
export async function demoKey(
  db: Database,
  { dataDir, tenantId, now }: { dataDir: string; tenantId: string; now: Date },
): Promise<string> {
  const make = async () =>
    (await createKey(db, { tenantId, name: 'demo', scopes: ['read', 'ingest', 'embed:create'], by: 'demo', now })).token
  const kept = await keepFile(dataDir, FILE, make)
  if (await isLive(db, kept, tenantId, now)) return kept
  // Of another database, or revoked.
  await forgetFile(dataDir, FILE)
  return keepFile(dataDir, FILE, make)
}

async function isLive(db: Database, text: string, tenantId: string, now: Date): Promise<boolean> {
  const token = parseToken(text)
  return token?.tenantId === tenantId && (await findKey(db, token, now)) !== undefined
}
