import { userInfo } from 'node:os'
import { Command, Option } from 'commander'
import { correct } from '../corrections/correct.ts'
import { type CorrectionRecord, listCorrections } from '../corrections/list-corrections.ts'
import type { Asked } from '../corrections/request.ts'
import { STRATEGIES } from '../ledger/strategy.ts'
import { type House, tenantOf, withDatabase } from './house.ts'
import { print, table } from './print.ts'

export type Taken = { tenant?: string; reason: string; json?: boolean }
type Reclassify = Taken & { from?: string[]; to: string }

/** `nobishiro correct exclude|connect|merge|reclassify|undo|list` */
export function correctCommand(house: House): Command {
  const command = new Command('correct').description('What people know better; each decision can be undone')
  const decision = (name: string, description: string) => deciding(command, name, description)

  decision('exclude', 'Take an account out of the figures: tests, internal use')
    .argument('<account>', 'id of the account, with or without its source')
    .action((account: string, options: Taken) => take(house, options, { kind: 'EXCLUDE_ACCOUNT', account }))

  decision('connect', 'Say that one subscription replaced another: neither churn nor a return')
    .argument('<old>', 'id of the subscription that ended')
    .argument('<new>', 'id of the one that replaced it')
    .option('--gap-days <days>', 'days that may lie between (default: 31)', Number)
    .action((old: string, next: string, { gapDays, ...options }: Taken & { gapDays?: number }) =>
      take(house, options, { kind: 'CONNECT_SUBSCRIPTIONS', old, new: next, gapDays }),
    )

  decision('merge', 'Say that two accounts are one customer, from the beginning')
    .argument('<from>', 'id of the account whose holdings move')
    .argument('<into>', 'id of the account that holds them')
    .action((from: string, into: string, options: Taken) =>
      take(house, options, { kind: 'MERGE_ACCOUNTS', from, into }),
    )

  decision('reclassify', 'Put parts of an account-month under another strategy; amounts stay')
    .argument('<account>', 'id of the account')
    .argument('<month>', 'the month, e.g. 2026-03')
    .addOption(new Option('--to <strategy>', 'the strategy they are of').choices(STRATEGIES).makeOptionMandatory())
    .addOption(new Option('--from <strategy...>', 'only parts of these strategies (default: all)').choices(STRATEGIES))
    .action((account: string, month: string, { from, to, ...options }: Reclassify) =>
      take(house, options, { kind: 'RECLASSIFY_MOVEMENT', account, month, from, to }),
    )

  decision('undo', 'Take a correction back')
    .argument('<correction>', 'its id, as correct list shows it')
    .action((correction: string, options: Taken) => take(house, options, { kind: 'UNDO', correction }))

  command
    .command('list')
    .description('List the corrections, newest first: what, who, when, why, and what was undone')
    .option('--tenant <id>', 'tenant (may be left out when there is only one)')
    .option('--json', 'print the result as JSON')
    .action(async ({ tenant, json }: { tenant?: string; json?: boolean }) => {
      const found = await withDatabase(house, async (db) => {
        const tenantId = await tenantOf(db, tenant)
        return db.withTenant({ tenantId, viewer: 'TENANT' }, (tx) => listCorrections(tx, tenantId))
      })
      print(house, { json, value: found, text: describe(found) })
    })

  return command
}

/** A command by which a person decides something: it needs a reason. */
export function deciding(command: Command, name: string, description: string): Command {
  return command
    .command(name)
    .description(description)
    .requiredOption('--reason <text>', 'why, for whoever asks later')
    .option('--tenant <id>', 'tenant (may be left out when there is only one)')
    .option('--json', 'print the result as JSON')
}

/** Takes a decision in the name of whoever sits at the terminal. */
export async function take(house: House, { tenant, reason, json }: Taken, asked: Asked): Promise<void> {
  const by = `terminal:${userInfo().username}`
  const done = await withDatabase(house, async (db) =>
    correct(db, { tenantId: await tenantOf(db, tenant), by, clock: house.clock }, { asked, reason }),
  )
  const what = asked.kind === 'UNDO' ? `Undid ${asked.correction}` : `Took ${done.correction}`
  print(house, { json, value: done, text: `${what}: ${done.appended} ledger lines.` })
}

function describe(records: readonly CorrectionRecord[]): string {
  if (records.length === 0) return 'No corrections.'
  return table(
    ['id', 'kind', 'at', 'by', 'what', 'reason', 'undone'],
    records.map(({ id, kind, at, by, what, reason, undone }) => [
      id,
      kind,
      at,
      by,
      subjectOf(what),
      reason,
      undone && `${undone.at.toISOString()} by ${undone.by}: ${undone.reason}`,
    ]),
  )
}

function subjectOf(what: CorrectionRecord['what']): string {
  if (what.kind === 'EXCLUDE_ACCOUNT') return what.account
  if (what.kind === 'MERGE_ACCOUNTS') return `${what.from} into ${what.into}`
  if (what.kind === 'CONNECT_SUBSCRIPTIONS') return `${what.old} to ${what.new}`
  if (what.kind === 'MAP_CATALOG')
    return what.prices.map(({ source, price, plan }) => `${source}:${price} is ${plan.name}`).join(', ')
  return `${what.account} ${what.month}: ${what.from?.join(' ') ?? 'all'} to ${what.to}`
}
