import type { Tx } from '@nobishiro/prisma'
import { askLink, tell } from './tell.ts'

type Closed = {
  tenantId: string
  /** YYYY-MM */
  month: string
  closedAt: Date
  version: bigint
  by: 'PERSON' | 'WATERMARK'
}

/** That a month was closed, and what it says then. */
export async function tellClosed(tx: Tx, { tenantId, month, closedAt, version, by }: Closed): Promise<void> {
  const at = closedAt.toISOString()
  const [year, number] = month.split('-').map(Number) as [number, number] // YYYY-MM
  const end = new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 10)
  const range = `range: { start: "${month}-01", end: "${end}" }`
  const figures = askLink(`{ metrics(keys: [mrr, nrr, grr], ${range}, asOf: "${at}") { values { value reason } } }`)
  const data = { month: `${month}-01`, closedAt: at, version: String(version), closedBy: by, links: { figures } }
  await tell(tx, { tenantId, type: 'month.closed', at: closedAt, data })
}
