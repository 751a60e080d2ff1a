import { Command } from 'commander'
import { type House, withDatabase } from './house.ts'
import { print } from './print.ts'

/** `nobishiro migrate` */
export function migrateCommand(house: House): Command {
  return new Command('migrate')
    .description('Bring the database up to date; the server does it by itself when it starts')
    .option('--json', 'print the result as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const engine = await withDatabase(house, async (db) => db.engine)
      print(house, { json, value: { engine, status: 'up to date' }, text: `The database (${engine}) is up to date.` })
    })
}
