import { Command, InvalidArgumentError, Option } from 'commander'
import { type CatalogRow, listCatalog } from '../corrections/list-catalog.ts'
import type { AskedPrice } from '../corrections/request.ts'
import { ITEM_KINDS, type ItemKind } from '../ingest/event.ts'
import { deciding, type Taken, take } from './correct.ts'
import { type House, tenantOf, withDatabase, wrongUsage } from './house.ts'
import { print, table } from './print.ts'

type Place = Taken & { product?: string; plan?: string; rank?: number; kind?: ItemKind }

/** `nobishiro catalog list|map|confirm` */
export function catalogCommand(house: House): Command {
  const command = new Command('catalog').description('Where prices stand: proposed, until a person decides')

  command
    .command('list')
    .description('List prices by product and plan, proposed ones too')
    .option('--tenant <id>', 'tenant (may be left out when there is only one)')
    .option('--json', 'print the result as JSON')
    .action(async ({ tenant, json }: { tenant?: string; json?: boolean }) => {
      const rows = await catalogOf(house, tenant)
      print(house, { json, value: rows, text: describe(rows) })
    })

  deciding(command, 'map', 'Say where prices stand; lines that this changes are taken back and posted anew')
    .argument('<price...>', 'prices as source:id, e.g. stripe:price_1')
    .option('--product <name>', 'product (default: as proposed); a new name makes one')
    .option('--plan <name>', 'plan of that product (default: as proposed); a new name makes one')
    .option('--rank <number>', 'rank of the plan, 1 to 1000; needed for a new plan', wholeNumber)
    .addOption(new Option('--kind <kind>', 'what the prices sell (default: as proposed)').choices(ITEM_KINDS))
    .action((names: string[], { product, plan, rank, kind, ...options }: Place) =>
      take(house, options, {
        kind: 'MAP_CATALOG',
        prices: names.map((name) => ({ ...priceOf(name), product, plan, rank, itemKind: kind })),
      }),
    )

  deciding(command, 'confirm', 'Say that prices stand where they are proposed')
    .argument('[price...]', 'prices as source:id')
    .option('--all', 'every price that is proposed')
    .action(async (names: string[], { all, ...options }: Taken & { all?: boolean }) => {
      if ((names.length === 0) === !all) throw wrongUsage('Name prices as source:id, or say --all.')
      const proposed = async () => {
        const rows = (await catalogOf(house, options.tenant)).filter(({ mapping }) => mapping === 'INFERRED')
        if (rows.length === 0) throw wrongUsage('Every price is confirmed already.')
        return rows.map(({ source, price }) => ({ source, price }))
      }
      await take(house, options, { kind: 'MAP_CATALOG', prices: all ? await proposed() : names.map(priceOf) })
    })

  return command
}

const catalogOf = (house: House, tenant: string | undefined): Promise<CatalogRow[]> =>
  withDatabase(house, async (db) => {
    const tenantId = await tenantOf(db, tenant)
    return db.withTenant({ tenantId, viewer: 'TENANT' }, (tx) => listCatalog(tx, tenantId))
  })

function priceOf(name: string): AskedPrice {
  const colon = name.indexOf(':')
  if (colon > 0) return { source: name.slice(0, colon), price: name.slice(colon + 1) }
  throw wrongUsage(`"${name}" does not say its source. Name prices as source:id, e.g. stripe:price_1.`)
}

function wholeNumber(text: string): number {
  if (/^\d+$/.test(text)) return Number(text)
  throw new InvalidArgumentError(`"${text}" is not a whole number.`)
}

function describe(rows: readonly CatalogRow[]): string {
  if (rows.length === 0) return 'No prices yet.'
  return table(
    ['price', 'nickname', 'product', 'plan', 'rank', 'kind', 'mapping'],
    rows.map((row) => [
      `${row.source}:${row.price}`,
      row.nickname,
      row.product,
      row.plan,
      row.rank,
      row.kind,
      row.mapping,
    ]),
  )
}
