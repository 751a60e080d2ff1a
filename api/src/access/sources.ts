import type { Database } from '@nobishiro/prisma'
import { seal, unseal } from './seal.ts'

export type StripeSource = { tenantId: string; name: string; webhookSecret: string }

/** Registers a Stripe endpoint, or gives it another secret. */
export async function saveStripeSource(db: Database, source: StripeSource, secret: string): Promise<void> {
  const { tenantId, name } = source
  const sealed = seal(source.webhookSecret, secret, purposeOf(tenantId, name))
  await db.withTenant({ tenantId, viewer: 'TENANT' }, (tx) =>
    tx.source.upsert({
      where: { tenantId_name: { tenantId, name } },
      create: { tenantId, name, kind: 'STRIPE', secret: sealed },
      update: { secret: sealed },
      select: { name: true },
    }),
  )
}

/** The webhook secret of a Stripe source, or undefined when there is no such source. */
export async function stripeSecret(
  db: Database,
  { tenantId, name }: { tenantId: string; name: string },
  secret: string,
): Promise<string | undefined> {
  const source = await db.withTenant({ tenantId, viewer: 'TENANT' }, (tx) =>
    tx.source.findUnique({ where: { tenantId_name: { tenantId, name } }, select: { kind: true, secret: true } }),
  )
  if (source?.kind !== 'STRIPE' || !source.secret) return undefined
  return unseal(source.secret, secret, purposeOf(tenantId, name))
}

function purposeOf(tenantId: string, name: string): string {
  return `source:${tenantId}.${name}`
}
