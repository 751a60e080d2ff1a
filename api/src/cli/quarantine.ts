import { Command, Option } from 'commander'
import { listQuarantine, type Quarantine } from '../ingest/quarantine.ts'
import { resolveConflict } from '../ingest/resolve-conflict.ts'
import { describeUnknown } from './describe-unknown.ts'
import { type House, tenantOf, withDatabase, wrongUsage } from './house.ts'
import { print, table } from './print.ts'

type Common = { tenant?: string; json?: boolean }
type List = Common & { all?: boolean }
type Resolve = Common & { keep: 'first' | 'second'; reason: string; body?: string }

/** `nobishiro quarantine list|resolve` */
export function quarantineCommand(house: House): Command {
  const command = new Command('quarantine').description(
    'Deliveries that do not count, and what a person decides of them',
  )

  command
    .command('list')
    .description('List ids that arrived with two bodies, and what was ignored, by kind and reason')
    .option('--tenant <id>', 'tenant (may be left out when there is only one)')
    .option('--all', 'with the conflicts that are resolved, and each ignored delivery')
    .option('--json', 'print the result as JSON')
    .action(async ({ tenant, all, json }: List) => {
      const found = await withDatabase(house, async (db) =>
        listQuarantine(db, { tenantId: await tenantOf(db, tenant), all: all ?? false }),
      )
      print(house, { json, value: found, text: describe(found) })
    })

  command
    .command('resolve')
    .description('Decide which of two bodies counts; the ledger follows, and nothing is deleted')
    .argument('<source>', 'name of the source')
    .argument('<id>', 'id of the delivery, as the source gave it')
    .addOption(
      new Option('--keep <body>', 'first: the one that counts already; second: the other, as a correction')
        .choices(['first', 'second'])
        .makeOptionMandatory(),
    )
    .requiredOption('--reason <text>', 'why, for whoever asks later')
    .option('--body <sha256>', 'first digits of the other body that is meant, where there are several')
    .option('--tenant <id>', 'tenant (may be left out when there is only one)')
    .option('--json', 'print the result as JSON')
    .action(async (source: string, externalId: string, { tenant, keep, reason, body, json }: Resolve) => {
      if (reason.trim() === '') throw wrongUsage('--reason is empty: say why.')
      const done = await withDatabase(house, async (db) =>
        resolveConflict(
          db,
          { tenantId: await tenantOf(db, tenant), clock: house.clock },
          { source, externalId, keep, reason: reason.trim(), ...(body === undefined ? {} : { body }) },
        ),
      )
      const text =
        keep === 'first'
          ? `Kept the first body of ${externalId}.`
          : `Kept the second body of ${externalId}: it counts as ${done.keptAs}, ${done.appended} ledger lines.`
      print(house, { json, value: done, text })
    })

  return command
}

function describe({ conflicts, ignored, unknown, deliveries }: Quarantine): string {
  const open = conflicts.filter(({ resolution }) => resolution === null).length
  const parts = [
    open === 0
      ? 'No unresolved conflict.'
      : `Unresolved conflicts: ${open}. Resolve with: nobishiro quarantine resolve`,
  ]
  if (conflicts.length > 0) {
    const rows = conflicts.map((row) => [
      row.source,
      row.externalId,
      row.otherKind ?? row.kind,
      row.firstSha256.slice(0, 12),
      row.firstReceivedAt,
      row.secondSha256.slice(0, 12),
      row.secondReceivedAt,
      row.resolution === null ? 'open' : `${row.resolution.toLowerCase()}: ${row.reason}`,
    ])
    parts.push(table(['source', 'id', 'kind', 'first', 'received', 'second', 'received', 'resolution'], rows))
  }
  if (ignored.length > 0) {
    const rows = ignored.map(({ source, kind, count, last, reason }) => [source, kind, count, last, reason])
    parts.push('', 'Ignored:', table(['source', 'kind', 'count', 'last', 'reason'], rows))
  }
  if (deliveries && deliveries.length > 0) {
    const rows = deliveries.map((row) => [row.source, row.externalId, row.kind, row.eventTime, row.reason])
    parts.push('', table(['source', 'id', 'kind', 'event time', 'reason'], rows))
  }
  return [...parts, ...describeUnknown(unknown)].join('\n')
}
