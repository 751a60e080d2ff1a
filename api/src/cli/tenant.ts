import { Command } from 'commander'
import { createTenant } from '../access/tenants.ts'
import { type House, withDatabase } from './house.ts'
import { print, table } from './print.ts'

type Create = { name?: string; timeZone: string; currency: string; json?: boolean }

/** `nobishiro tenant create|list` */
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

  return command
}
