import { Command, Option } from 'commander'
import { CAUSES } from '../reconcile/cause.ts'
import { readMrrFile } from '../reconcile/read-mrr-file.ts'
import { type Reconciliation, reconcile } from '../reconcile/reconcile.ts'
import { toMajor } from '../shared/money.ts'
import { type House, tenantOf, withDatabase, wrongUsage } from './house.ts'
import { print, table } from './print.ts'

type Options = {
  against: string
  tenant?: string
  account: string
  month: string
  mrr: string
  currencyColumn?: string
  currency?: string
  unit: 'major' | 'minor'
  delimiter: string
  tolerance: string
  all?: boolean
  json?: boolean
}

const SHOWN = 50

/** `nobishiro reconcile --against FILE`: exit code 1 when something differs. */
export function reconcileCommand(house: House): Command {
  return new Command('reconcile')
    .description(
      "Compare closing MRR per account and month with a billing tool's export, and name what differs and why.\nThe file is CSV, one row per account and month: account (our id or the source's), month (2026-10, or a day of it), mrr.\nRows of one account and month are added up; only months that the file has are compared.",
    )
    .requiredOption('--against <file>', 'the export')
    .option('--tenant <id>', 'tenant (may be left out when there is only one)')
    .option('--account <column>', 'column of the account', 'account')
    .option('--month <column>', 'column of the month', 'month')
    .option('--mrr <column>', 'column of the MRR at the end of the month', 'mrr')
    .option('--currency-column <column>', 'column of the currency, where rows differ in it')
    .option('--currency <code>', "currency of all rows (default: the tenant's)")
    .addOption(new Option('--unit <unit>', 'what the amounts count').choices(['major', 'minor']).default('major'))
    .option('--delimiter <character>', 'what separates columns', ',')
    .option('--tolerance <minor>', 'differences up to this many minor units are equal', '0')
    .option('--all', `print every difference (default: the ${SHOWN} largest)`)
    .option('--json', 'print the result as JSON, with every difference')
    .action(async ({ against, tenant, tolerance, all, json, ...format }: Options) => {
      if (!/^\d{1,15}$/.test(tolerance)) throw wrongUsage(`--tolerance ${tolerance} is not a number of minor units.`)
      if (format.delimiter.length !== 1) throw wrongUsage('--delimiter is one character.')
      const result = await withDatabase(house, async (db) => {
        const tenantId = await tenantOf(db, tenant)
        const currency = format.currency ?? (await currencyOf(db, tenantId))
        const rows = await readMrrFile(against, { ...format, currency, currencyColumn: format.currencyColumn })
        return reconcile(db, { tenantId, tolerance: BigInt(tolerance) }, rows)
      })
      print(house, { json, value: result, text: describe(result, all ?? false) })
      if (result.differences.length > 0) process.exitCode = 1
    })
}

async function currencyOf(db: Parameters<typeof tenantOf>[0], tenantId: string): Promise<string> {
  const tenant = await db.withTenant({ tenantId, viewer: 'TENANT' }, (tx) =>
    tx.tenant.findUniqueOrThrow({ where: { id: tenantId }, select: { currency: true } }),
  )
  return tenant.currency
}

function describe({ compared, equal, differences, totals }: Reconciliation, all: boolean): string {
  const money = (amount: bigint, currency: string) => `${toMajor(amount, currency)} ${currency}`
  const sums = totals.map(({ month, currency, theirs, ours, difference }) => [
    month,
    money(theirs, currency),
    money(ours, currency),
    money(difference, currency),
  ])
  const summary = `${compared} closes compared: ${equal} equal, ${differences.length} differ.`
  const totalTable = table(['month', 'theirs', 'ours', 'difference'], sums)
  if (differences.length === 0) return `${totalTable}\n${summary}`
  const size = (amount: bigint) => (amount < 0n ? -amount : amount)
  const sorted = [...differences].sort((a, b) => Number(size(b.difference) - size(a.difference)))
  const shown = all ? sorted : sorted.slice(0, SHOWN)
  const rows = shown.map(({ account, name, month, currency, theirs, ours, difference, cause }) => [
    account,
    name,
    month,
    money(theirs, currency),
    money(ours, currency),
    money(difference, currency),
    CAUSES[cause],
  ])
  const hidden = sorted.length - shown.length
  return [
    table(['account', 'name', 'month', 'theirs', 'ours', 'difference', 'probable cause'], rows),
    ...(hidden > 0 ? [`… and ${hidden} more: add --all`] : []),
    '',
    totalTable,
    summary,
  ].join('\n')
}
