import { Command } from 'commander'
import { demoKey } from './demo-key.ts'
import { type House, withDatabase } from './house.ts'
import { print } from './print.ts'
import { DEMO_TENANT, seed } from './seed.ts'

/** `nobishiro demo` */
export function demoCommand(house: House): Command {
  return new Command('demo')
    .description('Create the demo tenant, or bring it up to date, through the real ingest path')
    .option('--json', 'print the result as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const { dataDir } = house.env
      const apiKey = await withDatabase(house, async (db) => {
        await seed(house, db)
        return demoKey(db, { dataDir, tenantId: DEMO_TENANT, now: house.clock() })
      })
      print(house, {
        json,
        value: { tenantId: DEMO_TENANT, apiKey },
        text: `The tenant "${DEMO_TENANT}" is up to date.\nAPI key: ${apiKey}`,
      })
    })
}
