import { Command } from 'commander'
import { createTenant, setTenant } from '../access/tenants.ts'
import { reduceOld, retentionOf, setRetention } from '../privacy/retention.ts'
import { ExpectedError } from '../shared/errors.ts'
import { type House, tenantOf, withDatabase, wrongUsage } from './house.ts'
import { print, table } from './print.ts'

type Create = { name?: string; timeZone: string; currency: string; fiscalYearStart: number; json?: boolean }
type Set = { tenant?: string; fiscalYearStart: number; json?: boolean }

/** `nobishiro tenant create|set|retention|list|delete` */
export function tenantCommand(house: House): Command {
  const command = new Command('tenant').description('The companies whose revenue this is')

  command
    .command('create')
    .description('Create a tenant')
    .argument('<id>', 'short name: lower-case letters, digits and hyphens')
    .option('--name <name>', 'name to show (default: the id)')
    .option('--time-zone <zone>', 'time zone whose months count', 'UTC')
    .option('--currency <code>', 'currency to report in', 'USD')
    .option('--fiscal-year-start <month>', 'month with which fiscal years begin, 1 to 12', monthFrom, 1)
    .option('--json', 'print the result as JSON')
    .action(async (id: string, { name = id, timeZone, currency, fiscalYearStart, json }: Create) => {
      const tenant = { id, name, timeZone, currency, fiscalYearStart }
      await withDatabase(house, (db) => createTenant(db, tenant))
      print(house, { json, value: tenant, text: `Created tenant ${id}: ${name}, ${currency}, ${timeZone}.` })
    })

  command
    .command('set')
    .description('Change how quarters and years are cut, of the past as well; no amount of a month changes')
    .requiredOption('--fiscal-year-start <month>', 'month with which fiscal years begin, 1 to 12', monthFrom)
    .option('--tenant <id>', 'tenant (may be left out when there is only one)')
    .option('--json', 'print the result as JSON')
    .action(async ({ tenant, fiscalYearStart, json }: Set) => {
      const id = await withDatabase(house, async (db) => {
        const tenantId = await tenantOf(db, tenant)
        await setTenant(db, tenantId, { fiscalYearStart })
        return tenantId
      })
      const text = `Fiscal years of ${id} begin with month ${fiscalYearStart}.`
      print(house, { json, value: { id, fiscalYearStart }, text })
    })

  command
    .command('retention')
    .description('Say for how many days bodies of deliveries are kept as they came, and reduce those that are older')
    .option('--days <days>', 'after so many days what was understood takes their place; "forever" keeps them', daysFrom)
    .option('--tenant <id>', 'tenant (may be left out when there is only one)')
    .option('--json', 'print the result as JSON')
    .action(async ({ tenant, days, json }: { tenant?: string; days?: number | 'forever'; json?: boolean }) => {
      const kept = await withDatabase(house, async (db) => {
        const [tenantId, now] = [await tenantOf(db, tenant), house.clock()]
        if (days !== undefined)
          await setRetention(
            db,
            { tenantId, by: 'cli', now },
            { days: days === 'forever' ? null : days },
            { field: '--days' },
          )
        const reduced = await reduceOld(db, tenantId, now)
        return { id: tenantId, days: (await retentionOf(db, tenantId)).days, reduced }
      })
      const said = kept.days === null ? 'for good' : `for ${kept.days} days; ${kept.reduced} were reduced now`
      print(house, { json, value: kept, text: `Bodies of deliveries of ${kept.id} are kept ${said}.` })
    })

  command
    .command('list')
    .description('List the tenants')
    .option('--json', 'print the result as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const tenants = await withDatabase(house, (db) => db.tenants())
      print(house, {
        json,
        value: tenants,
        text: table(
          ['id', 'name'],
          tenants.map(({ id, name }) => [id, name]),
        ),
      })
    })

  command
    .command('delete')
    .description('Delete a tenant with everything that was ever received of it; archive it first')
    .argument('<id>', 'id of the tenant')
    .requiredOption('--confirm <id>', 'its id once more: nothing brings it back')
    .option('--json', 'print the result as JSON')
    .action(async (id: string, { confirm, json }: { confirm: string; json?: boolean }) => {
      if (confirm !== id) throw wrongUsage(`--confirm says ${confirm}, the tenant is ${id}. Nothing was deleted.`)
      const isDeleted = await withDatabase(house, (db) => db.deleteTenant(id))
      if (!isDeleted) throw new ExpectedError('NOT_FOUND', `There is no tenant ${id}.`)
      print(house, { json, value: { deleted: id }, text: `Deleted tenant ${id}, and all that was of it.` })
    })

  return command
}

function daysFrom(text: string): number | 'forever' {
  if (text === 'forever') return text
  if (/^\d{1,5}$/.test(text)) return Number(text)
  throw wrongUsage(`--days ${text} is not a number of days; "forever" keeps bodies for good.`)
}

function monthFrom(text: string): number {
  if (/^\d{1,2}$/.test(text)) return Number(text)
  throw wrongUsage(`--fiscal-year-start ${text} is not a month: 1 to 12, where 4 is April.`)
}
