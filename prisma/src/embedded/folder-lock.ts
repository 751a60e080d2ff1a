import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join, resolve } from 'node:path'
import lockfile from 'proper-lockfile'

/** Thrown when another process has the data folder open. */
export class DataDirLockedError extends Error {
  readonly code = 'DATA_DIR_LOCKED'
  constructor(
    readonly dataDir: string,
    readonly pid: number | undefined,
  ) {
    super(
      `The data folder ${dataDir} is in use by another process${pid ? ` (pid ${pid})` : ''}. ` +
        'Two writers would lose data. Stop the other process, or set NOBISHIRO_DATA_DIR to another folder, or DATABASE_URL to a PostgreSQL server.',
    )
  }
}

/** Takes the folder for this process alone; returns the release. A lock left by a killed process is taken over at once. */
export async function lockFolder(dataDir: string): Promise<() => Promise<void>> {
  const folder = resolve(dataDir)
  await mkdir(folder, { recursive: true })
  const ownerFile = join(folder, 'owner.json')
  // The embedded database runs on this thread: the lock's heartbeat must survive a long query.
  const take = () => lockfile.lock(folder, { stale: 60_000, update: 5_000, lockfilePath: join(folder, 'lock') })
  const release = await take().catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ELOCKED') throw error
    const pid = await ownerPid(ownerFile)
    if (pid === undefined || isRunning(pid)) throw new DataDirLockedError(folder, pid)
    await rm(join(folder, 'lock'), { recursive: true, force: true })
    return take().catch(() => {
      throw new DataDirLockedError(folder, undefined)
    })
  })
  await writeFile(ownerFile, JSON.stringify({ pid: process.pid, host: hostname() }))
  return async () => {
    await rm(ownerFile, { force: true })
    await release()
  }
}

/** Pid of the owner when it runs on this host; undefined when that cannot be known. */
async function ownerPid(file: string): Promise<number | undefined> {
  try {
    const owner = JSON.parse(await readFile(file, 'utf8')) as { pid?: unknown; host?: unknown }
    return typeof owner.pid === 'number' && owner.host === hostname() ? owner.pid : undefined
  } catch {
    return undefined
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}
