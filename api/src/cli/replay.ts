import { connect, type Database } from '@nobishiro/prisma'
import { Command } from 'commander'
import { replayInbox } from '../ingest/replay-inbox.ts'
import { ledgerHash } from '../ledger/hash.ts'
import { type House, tenantOf, withDatabase } from './house.ts'
import { print } from './print.ts'

type Options = { tenant?: string; json?: boolean }

/** `nobishiro replay`: the whole inbox into an empty schema. Exit code 1 when the ledger comes out otherwise. */
export function replayCommand(house: House): Command {
  return new Command('replay')
    .description("Deliver a tenant's whole inbox into an empty database and compare the ledgers; changes nothing")
    .option('--tenant <id>', 'the tenant; may be left out when there is only one')
    .option('--json', 'print the result as JSON')
    .action(async ({ tenant, json }: Options) => {
      const result = await withDatabase(house, async (db) => {
        const tenantId = await tenantOf(db, tenant)
        const copy = await connect({ memory: true })
        try {
          const deliveries = await replayInbox(db, copy, tenantId, house.clock)
          const [ledger, replayed] = [await hashOf(db, tenantId), await hashOf(copy, tenantId)]
          return { tenantId, deliveries, ledger, replayed, same: ledger === replayed }
        } finally {
          await copy.close()
        }
      })
      const { tenantId, deliveries, ledger, replayed, same } = result
      const text = same
        ? `Tenant ${tenantId}: ${deliveries} deliveries give the same ledger again, hash ${ledger}.`
        : `Tenant ${tenantId}: ${deliveries} deliveries give another ledger.\n  posted    ${ledger}\n  replayed  ${replayed}\nRun nobishiro verify to see which accounts differ.`
      print(house, { json, value: result, text })
      if (!same) process.exitCode = 1
    })
}

const hashOf = (db: Database, tenantId: string): Promise<string> =>
  db.withTenant({ tenantId, viewer: 'TENANT' }, (tx) => ledgerHash(tx, tenantId))
