import { Command } from 'commander'
import { exportArchive } from '../archive/export-archive.ts'
import { restoreArchive } from '../archive/restore-archive.ts'
import { type House, tenantOf, withDatabase } from './house.ts'
import { print } from './print.ts'

/** `nobishiro archive export|restore` */
export function archiveCommand(house: House): Command {
  const command = new Command('archive').description('A tenant in one file that any installation can post again')

  command
    .command('export')
    .description('Write what a tenant has received, without secrets; its deliveries wait meanwhile')
    .argument('<file>', 'file to write, e.g. acme.ndjson.gz; must not exist')
    .option('--tenant <id>', 'tenant (may be left out when there is only one)')
    .option('--json', 'print the manifest as JSON')
    .action(async (file: string, { tenant, json }: { tenant?: string; json?: boolean }) => {
      const manifest = await withDatabase(house, async (db) =>
        exportArchive(db, { tenantId: await tenantOf(db, tenant), clock: house.clock }, file),
      )
      const { counts, ledgerHash } = manifest
      const text = `Wrote ${file}: ${counts.inbox} deliveries of ${counts.source} sources, ledger hash ${ledgerHash}.`
      print(house, { json, value: manifest, text })
    })

  command
    .command('restore')
    .description('Post an archive into an empty tenant; leaves nothing when the ledger comes out otherwise')
    .argument('<file>', 'file that archive export wrote')
    .option('--as <id>', 'id of the tenant (default: the one it was exported from)')
    .option('--json', 'print the result as JSON')
    .action(async (file: string, { as, json }: { as?: string; json?: boolean }) => {
      const restored = await withDatabase(house, (db) => restoreArchive(db, file, { as }))
      const { tenantId, counts, lines, ledgerHash } = restored
      const text = `Restored tenant ${tenantId}: ${counts.inbox} deliveries, ${lines} ledger lines, the archived ledger hash ${ledgerHash}.\nSecrets are not archived: connect its sources again, and make keys.`
      print(house, { json, value: restored, text })
    })

  return command
}
