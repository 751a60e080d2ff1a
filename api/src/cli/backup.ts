import { Command } from 'commander'
import { restoreBackup } from '../backup/restore-backup.ts'
import { type Progress, writeBackup } from '../backup/write-backup.ts'
import { type House, withDatabase } from './house.ts'
import { print } from './print.ts'
import { showProgress } from './progress.ts'

/** `nobishiro backup` */
export function backupCommand(house: House): Command {
  return new Command('backup')
    .description(
      'Write the whole database to one file: all tenants, with keys, sessions, settings, the audit log and sealed secrets.\nOf PostgreSQL while the server runs; the embedded database belongs to one process, so stop the server first.',
    )
    .argument('<file>', 'file to write, e.g. nobishiro.backup.gz; must not exist')
    .option('--json', 'print the result as JSON')
    .action(async (file: string, { json }: { json?: boolean }) => {
      const { onProgress, clear } = progressOf(house)
      const done = await withDatabase(house, (db) => writeBackup(db, file, { clock: house.clock, onProgress })).finally(
        clear,
      )
      const text = [
        `Wrote ${file}: ${done.rows.toLocaleString('en')} rows of ${tenantsOf(done.tenants)}, ${megabytes(done.bytes)}.`,
        ...done.tenants.map(({ id, ledgerHash }) => `  ${id}  ledger hash ${ledgerHash}`),
        'What seals the secrets of sources is not in it: keep NOBISHIRO_SECRET elsewhere.',
      ].join('\n')
      print(house, { json, value: { file, ...done }, text })
    })
}

/** `nobishiro restore` */
export function restoreCommand(house: House): Command {
  return new Command('restore')
    .description(
      'Fill an empty database from a back-up, of either kind; leaves nothing unless every ledger is as it was backed up',
    )
    .argument('<file>', 'file that backup wrote')
    .option('--json', 'print the result as JSON')
    .action(async (file: string, { json }: { json?: boolean }) => {
      const { onProgress, clear } = progressOf(house)
      const done = await withDatabase(house, (db) => restoreBackup(db, file, { onProgress })).finally(clear)
      const text = [
        `Restored ${done.rows.toLocaleString('en')} rows of ${tenantsOf(done.tenants)}, as of ${done.createdAt}. Every ledger is as it was backed up:`,
        ...done.tenants.map(({ id, ledgerHash }) => `  ${id}  ledger hash ${ledgerHash}`),
        'Sources keep their secrets where NOBISHIRO_SECRET is the same as before.',
      ].join('\n')
      print(house, { json, value: { file, ...done }, text })
    })
}

function progressOf({ err, clock }: House) {
  const { show, clear } = showProgress(err, clock)
  const onProgress = ({ tenant, table, rows }: Progress) => show({ file: `${tenant} ${table}`, rows })
  return { onProgress, clear }
}

const tenantsOf = ({ length }: readonly unknown[]): string => `${length} ${length === 1 ? 'tenant' : 'tenants'}`
const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(1)} MB`
