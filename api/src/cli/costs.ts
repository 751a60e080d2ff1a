import { Command } from 'commander'
import { type CostsInForce, costsInForce, setCosts } from '../ledger/set-costs.ts'
import { type House, tenantOf, withDatabase, wrongUsage } from './house.ts'
import { print, table } from './print.ts'

type Common = { tenant?: string; json?: boolean }
type Set = Common & { grossMargin?: string; lag: string; expansion?: string[]; reason: string }

const TENANT = ['--tenant <id>', 'tenant (may be left out when there is only one)'] as const
const JSON_OUT = ['--json', 'print the result as JSON'] as const

/** `nobishiro costs show|set` */
export function costsCommand(house: House): Command {
  const command = new Command('costs').description(
    'Gross margin, and what spend is for: lifetime value and CAC need it',
  )

  command
    .command('show')
    .description('What is in force')
    .option(...TENANT)
    .option(...JSON_OUT)
    .action(async ({ tenant, json }: Common) => {
      const costs = await withDatabase(house, async (db) => {
        const tenantId = await tenantOf(db, tenant)
        return db.withTenant({ tenantId, viewer: 'TENANT' }, (tx) => costsInForce(tx, tenantId))
      })
      print(house, { json, value: costs, text: describe(costs) })
    })

  command
    .command('set')
    .description('Say what holds from now on, as a whole: what is not said is not known')
    .option('--gross-margin <share>', 'gross margin as a share of revenue, e.g. 0.785')
    .option('--lag <months>', 'months from spending to what it gains', '0')
    .option(
      '--expansion <category=share...>',
      'how much of a category of spend goes into expansion, e.g. "customer success=0.8"; the rest goes into new business.\nThe categories "expansion" and "new" name themselves; others count when they are named here',
    )
    .requiredOption('--reason <text>', 'why, for whoever asks later')
    .option(...TENANT)
    .option(...JSON_OUT)
    .action(async ({ tenant, json, reason, grossMargin, lag, expansion = [] }: Set) => {
      if (!/^\d{1,3}$/.test(lag)) throw wrongUsage(`--lag ${lag} is not a number of months.`)
      const shares = expansion.map((text) => {
        const at = text.lastIndexOf('=')
        if (at < 1) throw wrongUsage(`--expansion ${text} is not a category and its share, such as marketing=0.3.`)
        return [text.slice(0, at), text.slice(at + 1)] as const
      })
      const costs = { grossMargin: grossMargin ?? null, lag: Number(lag), expansionShare: Object.fromEntries(shares) }
      const done = await withDatabase(house, async (db) => setCosts(db, await tenantOf(db, tenant), { costs, reason }))
      print(house, { json, value: done, text: describe(done) })
    })

  return command
}

const describe = ({ grossMargin, lag, expansionShare }: CostsInForce): string =>
  table(
    ['what', 'is'],
    [
      ['gross margin', grossMargin ?? 'not set'],
      ['lag', `${lag} months`],
      ...Object.entries(expansionShare).map(([category, share]) => [`${category} for expansion`, share]),
    ],
  )
