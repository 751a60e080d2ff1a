import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'
import { onServer } from '../testing/db.ts'

/** Where figures were taken. */
export type Machine = {
  cores: number
  processor: string
  memoryGb: number
  node: string
  postgresql: string
  /** Processes that wanted a core in the last minute: other programs were at work too where it is above 0. */
  load: number
}

export async function thisMachine(): Promise<Machine> {
  return {
    cores: availableParallelism(),
    processor: cpus()[0]?.model.trim() ?? 'unknown processor',
    memoryGb: Math.round(totalmem() / 1024 ** 3),
    node: process.versions.node,
    load: loadavg()[0] ?? 0,
    postgresql: await onServer(async (client) => {
      const { rows } = await client.query<{ server_version: string }>('SHOW server_version')
      return rows[0]?.server_version.split(' ')[0] ?? 'unknown'
    }),
  }
}
