import type { Database } from '@nobishiro/prisma'
import { ExpectedError } from '../shared/errors.ts'
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

/** Registers a Stripe account that is read, not heard: without a secret, unless it has one. Refuses a name that another kind has. */
export async function addStripeSource(
  db: Database,
  { tenantId, name }: { tenantId: string; name: string },
): Promise<void> {
  const { kind } = await db.withTenant({ tenantId, viewer: 'TENANT' }, (tx) =>
    tx.source.upsert({
      where: { tenantId_name: { tenantId, name } },
      create: { tenantId, name, kind: 'STRIPE' },
      update: {},
      select: { kind: true },
    }),
  )
  if (kind !== 'STRIPE')
    throw new ExpectedError('CONFLICT', `The source "${name}" takes ${kind} files. Choose another with --name.`)
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
