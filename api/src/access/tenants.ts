import type { Database } from '@nobishiro/prisma'
import { ExpectedError } from '../shared/errors.ts'
import { invalidInput } from './invalid-input.ts'

const TENANT_ID = /^[a-z0-9][a-z0-9-]{1,38}$/

export type TenantSettings = {
  /** Month with which fiscal years begin, 1 to 12. */
  fiscalYearStart: number
}

export type NewTenant = { id: string; name: string; timeZone: string; currency: string } & Partial<TenantSettings>

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
  checkSettings(tenant)
  await db.withTenant({ tenantId: tenant.id, viewer: 'TENANT' }, async (tx) => {
    const existing = await tx.tenant.findUnique({ where: { id: tenant.id }, select: { id: true } })
    if (existing) throw new ExpectedError('CONFLICT', `There is already a tenant "${tenant.id}".`)
    await tx.tenant.create({ data: tenant, select: { id: true } })
  })
}

/** What holds from now on, of every month: how answers are cut moves with the version that they are kept by. The ledger stays as it is. */
export async function setTenant(db: Database, tenantId: string, settings: TenantSettings): Promise<void> {
  checkSettings(settings)
  await db.withTenant({ tenantId, viewer: 'TENANT' }, async (tx) => {
    const data = { ...settings, version: { increment: 1 } }
    const { count } = await tx.tenant.updateMany({ where: { id: tenantId }, data })
    if (count === 0) throw new ExpectedError('NOT_FOUND', `There is no tenant "${tenantId}".`)
  })
}

function checkSettings({ fiscalYearStart }: Partial<TenantSettings>): void {
  if (fiscalYearStart === undefined) return
  if (Number.isInteger(fiscalYearStart) && fiscalYearStart >= 1 && fiscalYearStart <= 12) return
  throw invalidInput('fiscalYearStart', `${fiscalYearStart} is not a month: 1 to 12, where 4 is April.`)
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
