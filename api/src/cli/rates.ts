import type { Database } from '@nobishiro/prisma'
import { Command } from 'commander'
import { importRates, type RatesReport } from '../ingest/import-rates.ts'
import { recover } from '../ingest/import-store.ts'
import { listRates } from '../ingest/list-rates.ts'
import { readRatesFile } from '../ingest/rates-file.ts'
import { directWorth } from '../ingest/sources/rates/quote.ts'
import { readQuote } from '../ingest/sources/rates/read-quote.ts'
import { localDay } from '../shared/local-day.ts'
import { type House, tenantOf, withDatabase, wrongUsage } from './house.ts'
import { print, table } from './print.ts'

type Common = { tenant?: string; json?: boolean }
type List = Common & { currency?: string; limit: string }
type Set = Common & { base?: string }

const TENANT = ['--tenant <id>', 'tenant (may be left out when there is only one)'] as const
const JSON_OUT = ['--json', 'print the result as JSON'] as const

/** `nobishiro rates import|set|list` */
export function ratesCommand(house: House): Command {
  const command = new Command('rates').description("Exchange rates by day into the tenant's currency")

  command
    .command('import')
    .description(
      'Import rates from a CSV file with the columns date, currency, rate and perhaps base.\nWithout a base, 1 of the currency is the rate in the currency of the tenant; with one, 1 of the base is the rate in the currency.\nAll rows or none; the same file again adds nothing, another rate of a day replaces the one before.',
    )
    .argument('<file>', 'the CSV file')
    .option(...TENANT)
    .option(...JSON_OUT)
    .action(async (file: string, { tenant, json }: Common) => {
      const report = await withDatabase(house, async (db) => {
        const rules = await rulesOf(db, house, tenant)
        await recover(db, rules.tenantId, house.clock)
        return importRates(db, { ...rules, clock: house.clock }, await readRatesFile(file, rules))
      })
      print(house, { json, value: report, text: describe(report) })
    })

  command
    .command('set')
    .description('Set the rate of one currency on one day')
    .argument('<day>', 'e.g. 2026-10-31')
    .argument('<currency>', 'e.g. EUR')
    .argument('<rate>', 'how much of the currency of the tenant 1 of it is')
    .option(
      '--base <currency>',
      'the rate is how much of <currency> 1 of this is; one side is the currency of the tenant',
    )
    .option(...TENANT)
    .option(...JSON_OUT)
    .action(async (day: string, currency: string, rate: string, { base = '', tenant, json }: Set) => {
      const report = await withDatabase(house, async (db) => {
        const rules = await rulesOf(db, house, tenant)
        const quote = readQuote([day, currency, rate, base], { date: 0, currency: 1, rate: 2, base: 3 }, rules)
        if ('problem' in quote)
          throw wrongUsage(`${quote.problem.column} "${quote.problem.value}": expected ${quote.problem.expected}.`)
        const worth = directWorth(quote, rules.reporting)
        if (!worth) throw wrongUsage(`Neither ${quote.currency} nor ${quote.base} is ${rules.reporting}.`)
        return importRates(db, { ...rules, clock: house.clock }, [worth])
      })
      print(house, { json, value: report, text: describe(report) })
    })

  command
    .command('list')
    .description('List the rates that count, newest first')
    .option('--currency <code>', 'only this one')
    .option('--limit <rows>', 'at most so many', '50')
    .option(...TENANT)
    .option(...JSON_OUT)
    .action(async ({ currency, limit, tenant, json }: List) => {
      if (!/^[1-9]\d{0,5}$/.test(limit)) throw wrongUsage(`--limit ${limit} is not a number of rows such as 50.`)
      const { rates, reporting } = await withDatabase(house, async (db) => {
        const rules = await rulesOf(db, house, tenant)
        const asked = { currency: currency?.toUpperCase() ?? null, limit: Number(limit) }
        const found = await db.withTenant({ tenantId: rules.tenantId, viewer: 'TENANT' }, (tx) =>
          listRates(tx, rules.tenantId, asked),
        )
        return { rates: found, reporting: rules.reporting }
      })
      const rows = rates.map((row) => [row.day, row.per, row.currency, row.rate, reporting, row.source, row.saidAt])
      const text = table(['day', 'this much', '', 'is', '', 'source', 'said at'], rows)
      const none = 'There is no rate. Import some with: nobishiro rates import'
      print(house, { json, value: rates, text: rates.length > 0 ? text : none })
    })

  return command
}

async function rulesOf(db: Database, { clock }: House, wanted: string | undefined) {
  const tenantId = await tenantOf(db, wanted)
  const tenant = await db.withTenant({ tenantId, viewer: 'TENANT' }, (tx) =>
    tx.tenant.findUniqueOrThrow({ where: { id: tenantId }, select: { currency: true, timeZone: true } }),
  )
  return { tenantId, reporting: tenant.currency, today: localDay(clock(), tenant.timeZone) }
}

const describe = ({ rows, new: added, changed, unchanged }: RatesReport): string =>
  `${rows} ${rows === 1 ? 'rate' : 'rates'}: ${added} new, ${changed} changed, ${unchanged} unchanged.`
