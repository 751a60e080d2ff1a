import { connect } from '@nobishiro/prisma'
import { restoreBackup } from '../restore-backup.ts'

/** A process that restores a file and says each step on a line, to be killed at any of them. */
const [target = '', file = ''] = process.argv.slice(2)
const db = await connect(target.startsWith('postgresql://') ? { url: target } : { dataDir: target })
process.stdout.write('open\n')
await restoreBackup(db, file, {
  onProgress: ({ tenant, table, rows }) => process.stdout.write(`${tenant} ${table} ${rows}\n`),
})
process.stdout.write('done\n')
await db.close()
