import type { Database } from '@nobishiro/prisma'
import { ExpectedError } from '../shared/errors.ts'
import { invalidInput } from './invalid-input.ts'

const TENANT_ID = /^[a-z0-9][a-z0-9-]{1,38}$/

export type NewTenant = { id: string; name: string; timeZone: string; currency: string }

export async function createTenant(db: Database, tenant: NewTenant): Promise<void> {
  if (!TENANT_ID.test(tenant.id)) {
    throw invalidInput('id', `"${tenant.id}" is not a tenant id: 2 to 39 lower-case letters, digits or hyphens.`)
  }
  if (!/^[A-Z]{3}$/.test(tenant.currency) || !Intl.supportedValuesOf('currency').includes(tenant.currency)) {
    throw invalidInput('currency', `"${tenant.currency}" is not an ISO 4217 currency such as USD or JPY.`)
  }
  if (!isTimeZone(tenant.timeZone)) {
    throw invalidInput('timeZone', `"${tenant.timeZone}" is not a time zone such as Asia/Tokyo.`)
  }
  await db.withTenant({ tenantId: tenant.id, viewer: 'TENANT' }, async (tx) => {
    const existing = await tx.tenant.findUnique({ where: { id: tenant.id }, select: { id: true } })
    if (existing) throw new ExpectedError('CONFLICT', `There is already a tenant "${tenant.id}".`)
    await tx.tenant.create({ data: tenant, select: { id: true } })
  })
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
