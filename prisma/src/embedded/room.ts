import { statfsSync } from 'node:fs'
import { DriverAdapterError } from '@prisma/driver-adapter-utils'

/**
 * What has to be free: three segments of the write-ahead log. Where one more cannot be made the embedded engine stops for good, without
 * a word, so nothing is begun that may need it.
 */
const NEEDED = 48 * 1024 * 1024
/** PostgreSQL's own code for it. */
const DISK_FULL = '53100'

/** Throws where the disk of this folder is as good as full, as a statement of PostgreSQL would. */
export function needRoom(folder: string): void {
  const { bavail, bsize } = statfsSync(folder)
  if (bavail * bsize >= NEEDED) return
  const message = `The disk of the embedded database is full: ${toMegabytes(bavail * bsize)} MB are free in ${folder}, and it needs ${toMegabytes(NEEDED)}.`
  throw new DriverAdapterError({
    ...{ kind: 'postgres', code: DISK_FULL, severity: 'ERROR', message },
    ...{ originalCode: DISK_FULL, originalMessage: message, detail: undefined, column: undefined, hint: undefined },
  })
}

const toMegabytes = (bytes: number) => Math.floor(bytes / 1024 / 1024)
