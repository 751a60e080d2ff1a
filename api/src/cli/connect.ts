import { Command } from 'commander'
import { type IngestionStatus, ingestionStatus } from '../ingest/status.ts'
import { connectStripeCommand } from './connect-stripe.ts'
import { type House, tenantOf, withDatabase } from './house.ts'
import { print, table } from './print.ts'

/** `nobishiro connect stripe|list` */
export function connectCommand(house: House): Command {
  const command = new Command('connect').description('Where events come from')
  command.addCommand(connectStripeCommand(house))
  command
    .command('list')
    .description('List the sources and how each fares: last event, lag, what counts and what does not, last error')
    .option('--tenant <id>', 'tenant (may be left out when there is only one)')
    .option('--json', 'print the result as JSON')
    .action(async ({ tenant, json }: { tenant?: string; json?: boolean }) => {
      const sources = await withDatabase(house, async (db) => {
        const tenantId = await tenantOf(db, tenant)
        return db.withTenant({ tenantId, viewer: 'TENANT' }, (tx) => ingestionStatus(tx, tenantId, house.clock()))
      })
      print(house, { json, value: sources, text: describe(sources) })
    })

  return command
}

function describe(sources: readonly IngestionStatus[]): string {
  if (sources.length === 0)
    return 'There is no source yet. Connect one with: nobishiro connect stripe, or nobishiro import'
  const titles = ['source', 'kind', 'last event', 'lag', 'through', 'posted', 'ignored', 'quarantined', 'conflicts']
  const rows = sources.map((row) => [
    row.source,
    row.kind,
    row.lastEventAt,
    row.lagSeconds === null ? null : duration(row.lagSeconds),
    row.through,
    row.posted,
    row.ignored,
    row.quarantined,
    row.conflicts,
  ])
  const errors = sources.flatMap(({ source, lastError, lastErrorAt }) =>
    lastError === null ? [] : [`${source}: refused at ${lastErrorAt?.toISOString()}: ${lastError}`],
  )
  return [table(titles, rows), ...errors].join('\n')
}

/** The largest whole unit: 3 d, 5 h, 12 min, 40 s. */
function duration(seconds: number): string {
  const units = [
    ['d', 86_400],
    ['h', 3_600],
    ['min', 60],
  ] as const
  const [name, length] = units.find(([, size]) => seconds >= size) ?? ['s', 1]
  return `${Math.floor(seconds / length)} ${name}`
}
