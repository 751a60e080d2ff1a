import { addStripeSource } from '../access/sources.ts'
import { describeHistory } from '../ingest/stripe-history/describe-history.ts'
import { fileReader, latestOf } from '../ingest/stripe-history/file-reader.ts'
import { readExports } from '../ingest/stripe-history/read-exports.ts'
import { readHistory } from '../ingest/stripe-history/read-history.ts'
import { ExpectedError } from '../shared/errors.ts'
import { startOfLocalDay } from '../shared/local-day.ts'
import type { CommandDependencies } from './command.ts'
import { tenantOf } from './house.ts'
import { showProgress } from './progress.ts'

const DAY = 86_400_000

export type StripeImport = {
  path: string
  tenant: string | undefined
  name: string
  /** The export is complete up to the end of this day; else up to the latest instant it names. */
  through: string | null
  dryRun: boolean
  json: boolean
}

/** `nobishiro import stripe <path>`: the same history from exported objects. Resolves to the exit code. */
export async function importStripe(dependencies: CommandDependencies, request: StripeImport): Promise<number> {
  const { out, err, clock } = dependencies
  const { path, name, through, dryRun, json } = request
  try {
    const exports = await readExports(path)
    const db = await dependencies.openDatabase()
    const progress = showProgress(err, clock)
    try {
      const tenantId = await tenantOf(db, request.tenant)
      if (!dryRun) await addStripeSource(db, { tenantId, name })
      const { timeZone } = await db.withTenant({ tenantId, viewer: 'TENANT' }, (tx) =>
        tx.tenant.findUniqueOrThrow({ where: { id: tenantId }, select: { timeZone: true } }),
      )
      const report = await readHistory(
        { db, clock, onProgress: progress.show },
        {
          ...{ tenantId, source: name, since: null, dryRun },
          asOf: through === null ? latestOf(exports) : endOfDay(through, timeZone),
          reader: () => fileReader(exports),
        },
      )
      progress.clear()
      out.write(`${json ? JSON.stringify(report, null, 2) : describeHistory(report)}\n`)
      return 0
    } finally {
      progress.clear()
      await db.close()
    }
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error
    if (json) out.write(`${JSON.stringify({ error: { code: error.code, message: error.message } }, null, 2)}\n`)
    else err.write(`${error.message}\n`)
    return error.code === 'INVALID_INPUT' || error.code === 'NOT_FOUND' ? 2 : 1
  }
}

/** The last second of a local day. */
function endOfDay(day: string, timeZone: string): string {
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + DAY).toISOString().slice(0, 10)
  return new Date(startOfLocalDay(next, timeZone).getTime() - 1000).toISOString()
}
