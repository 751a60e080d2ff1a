import { connect } from '@nobishiro/prisma'
import { importDirectory } from './import-text.ts'

/** A process that imports a directory and says each step on a line, to be killed at any of them. */
const [target = '', directory = ''] = process.argv.slice(2)
const db = await connect(target.startsWith('postgresql://') ? { url: target } : { dataDir: target })
await importDirectory(db, directory, { onProgress: ({ file, rows }) => process.stdout.write(`${file} ${rows}\n`) })
process.stdout.write('done\n')
await db.close()
