import { Command } from 'commander'
import { createTenant } from '../access/tenants.ts'
import { ExpectedError } from '../shared/errors.ts'
import { type House, withDatabase, wrongUsage } from './house.ts'
import { print, table } from './print.ts'

type Create = { name?: string; timeZone: string; currency: string; json?: boolean }

/** `nobishiro tenant create|list|delete` */
export function tenantCommand(house: House): Command {
  const command = new Command('tenant').description('The companies whose revenue this is')

  command
    .command('create')
    .description('Create a tenant')
    .argument('<id>', 'short name: lower-case letters, digits and hyphens')
    .option('--name <name>', 'name to show (default: the id)')
    .option('--time-zone <zone>', 'time zone whose months count', 'UTC')
    .option('--currency <code>', 'currency to report in', 'USD')
    .option('--json', 'print the result as JSON')
    .action(async (id: string, { name = id, timeZone, currency, json }: Create) => {
      const tenant = { id, name, timeZone, currency }
      await withDatabase(house, (db) => createTenant(db, tenant))
      print(house, { json, value: tenant, text: `Created tenant ${id}: ${name}, ${currency}, ${timeZone}.` })
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
