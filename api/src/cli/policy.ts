import { Command } from 'commander'
import { uncoveredSubscriptions } from '../ledger/invoices/uncovered-store.ts'
import { policyName, type Recognition } from '../ledger/recognition.ts'
import { revisionsOf } from '../ledger/rules-store.ts'
import { setPolicy } from '../ledger/set-policy.ts'
import { describeUncovered } from './describe-uncovered.ts'
import { type House, tenantOf, withDatabase, wrongUsage } from './house.ts'
import { print, table } from './print.ts'

type Common = { tenant?: string; json?: boolean }
type Set = Common & {
  preset?: string
  basis?: string
  discounts?: string
  paused?: string
  pastDueDays?: string
  metered?: string
  churn?: string
  freeLogos?: string
  reason: string
}

/** `nobishiro policy show|set` */
export function policyCommand(house: House): Command {
  const command = new Command('policy').description(
    'What counts as MRR; changing it posts the ledger as a new revision',
  )

  command
    .command('show')
    .description('Every revision, the newest first: it is in force')
    .option('--tenant <id>', 'tenant (may be left out when there is only one)')
    .option('--json', 'print the result as JSON')
    .action(async ({ tenant, json }: Common) => {
      const revisions = await withDatabase(house, async (db) => {
        const tenantId = await tenantOf(db, tenant)
        return db.withTenant({ tenantId, viewer: 'TENANT' }, (tx) => revisionsOf(tx, tenantId))
      })
      const rows = revisions.map(({ revision, recognition, recordedAt, reason }) => [
        revision,
        recordedAt,
        policyName(recognition),
        ...cells(recognition),
        reason,
      ])
      const text = table(
        [
          'revision',
          'since',
          'policy',
          'basis',
          'discounts',
          'paused',
          'past due',
          'usage',
          'churn',
          'free logos',
          'reason',
        ],
        rows,
      )
      print(house, { json, value: revisions, text })
    })

  command
    .command('uncovered')
    .description('Subscriptions of which invoices do not tell: --basis INVOICE is refused while there are any')
    .option('--tenant <id>', 'tenant (may be left out when there is only one)')
    .option('--json', 'print the result as JSON')
    .action(async ({ tenant, json }: Common) => {
      const uncovered = await withDatabase(house, async (db) => {
        const tenantId = await tenantOf(db, tenant)
        return db.withTenant(
          { tenantId, viewer: 'TENANT' },
          (tx) => uncoveredSubscriptions(tx, tenantId, house.clock()),
          { timeoutMs: 3_600_000 },
        )
      })
      print(house, { json, value: uncovered, text: describeUncovered(uncovered).join('\n') || 'Nothing is missing.' })
    })

  command
    .command('set')
    .description('Put a policy into force; what is not said is as in the preset')
    .option('--preset <name>', 'NOBISHIRO, STRIPE_LIKE or CHARTMOGUL_LIKE; NOBISHIRO when missing')
    .option(
      '--basis <what>',
      'CONTRACT: what subscription items cost; INVOICE: what invoices ask for, in their service periods',
    )
    .option('--discounts <which>', 'RECURRING: subtract those; ALL: one-time ones too; NONE: count list prices')
    .option('--paused <how>', 'ZERO: a paused subscription counts nothing; KEEP: what it would pay')
    .option('--past-due-days <days>', 'days after which a subscription that stays past due counts nothing')
    .option('--metered <which>', 'MEAN_OF_THREE, LAST_MONTH or EXCLUDE: usage beyond a commitment')
    .option('--churn <when>', 'AT_END: lost when service ends; AT_REQUEST: as soon as its end is asked for')
    .option('--free-logos <how>', 'LOST: who pays nothing any more is lost; KEPT: open while a subscription runs')
    .requiredOption('--reason <text>', 'why, for whoever asks later')
    .option('--tenant <id>', 'tenant (may be left out when there is only one)')
    .option('--json', 'print the result as JSON')
    .action(async ({ tenant, json, reason, pastDueDays, ...said }: Set) => {
      if (pastDueDays !== undefined && !/^\d{1,4}$/.test(pastDueDays))
        throw wrongUsage(`--past-due-days ${pastDueDays} is not a number of days.`)
      const policy = { ...said, ...(pastDueDays === undefined ? {} : { pastDueDays: Number(pastDueDays) }) }
      const done = await withDatabase(house, async (db) =>
        setPolicy(db, { tenantId: await tenantOf(db, tenant), now: house.clock() }, { policy, reason }),
      )
      const text = `Revision ${done.revision} is in force: ${done.lines} ledger lines. asOf an instant before ${done.recordedAt?.toISOString()} reads the one before.`
      print(house, { json, value: done, text })
    })

  return command
}

const cells = ({ basis, discounts, paused, pastDueDays, metered, churn, freeLogos }: Recognition) => [
  basis,
  discounts,
  paused,
  pastDueDays === null ? 'kept' : `${pastDueDays} days`,
  metered,
  churn,
  freeLogos,
]
