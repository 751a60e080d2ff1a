import { connect } from '@nobishiro/prisma'
import { readFrom } from './read-from.ts'

/** A process that reads a history and says each step on a line, to be killed at any of them. */
const [target = '', base = ''] = process.argv.slice(2)
const db = await connect(target.startsWith('postgresql://') ? { url: target } : { dataDir: target })
await readFrom(db, new URL(base), { onProgress: ({ file, rows }) => process.stdout.write(`${file} ${rows}\n`) })
process.stdout.write('done\n')
await db.close()
