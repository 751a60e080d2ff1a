import { Command } from 'commander'
import { listShares, shareAccounts, unshareAccounts } from '../access/shares.ts'
import { ownIds } from '../graphql/own-ids.ts'
import { type House, tenantOf, withDatabase, wrongUsage } from './house.ts'
import { print, table } from './print.ts'

type Common = { tenant?: string; json?: boolean }
type Share = Common & { account: string[]; from?: string; to?: string }
type Unshare = Common & { account?: string[]; all?: boolean }

const MOST_LISTED = 10_000

/** `nobishiro partners share|unshare|list` */
export function partnersCommand(house: House): Command {
  const command = new Command('partners').description('Accounts that partners see with their own keys')

  command
    .command('share')
    .description('Let a partner see accounts, between two days')
    .argument('<partner>', 'name of the partner, as its keys say it')
    .requiredOption('--account <id...>', 'accounts to share')
    .option('--from <day>', 'first day, e.g. 2027-01-01 (default: today)', day)
    .option('--to <day>', 'first day without (default: no end)', day)
    .option('--tenant <id>', 'tenant (may be left out when there is only one)')
    .option('--json', 'print the result as JSON')
    .action(async (partner: string, { tenant, account, from, to, json }: Share) => {
      const shares = { partner, accountIds: ownIds(account, 'Account'), from, to }
      const shared = await withDatabase(house, async (db) =>
        shareAccounts(db, { tenantId: await tenantOf(db, tenant), by: 'cli', now: house.clock() }, shares),
      )
      print(house, { json, value: { partner, ...shared }, text: `${partner} has ${shared.accounts} accounts.` })
    })

  command
    .command('unshare')
    .description('Take accounts away from a partner')
    .argument('<partner>', 'name of the partner')
    .option('--account <id...>', 'these accounts')
    .option('--all', 'all that is shared with it')
    .option('--tenant <id>', 'tenant (may be left out when there is only one)')
    .option('--json', 'print the result as JSON')
    .action(async (partner: string, { tenant, account, all, json }: Unshare) => {
      if ((account === undefined) === (all !== true)) throw wrongUsage('Say which: --account or --all.')
      const accountIds = account === undefined ? ('ALL' as const) : ownIds(account, 'Account')
      const left = await withDatabase(house, async (db) =>
        unshareAccounts(
          db,
          { tenantId: await tenantOf(db, tenant), by: 'cli', now: house.clock() },
          { partner, accountIds },
        ),
      )
      print(house, { json, value: { partner, ...left }, text: `${partner} has ${left.accounts} accounts.` })
    })

  command
    .command('list')
    .description('List what is shared, with a partner or with all')
    .argument('[partner]', 'name of a partner')
    .option('--tenant <id>', 'tenant (may be left out when there is only one)')
    .option('--json', 'print the result as JSON')
    .action(async (partner: string | undefined, { tenant, json }: Common) => {
      const { items } = await withDatabase(house, async (db) =>
        listShares(db, await tenantOf(db, tenant), { partner, offset: 0, limit: MOST_LISTED }),
      )
      const rows = items.map((share) => [share.partner, share.accountId, share.from, share.to])
      print(house, { json, value: items, text: table(['partner', 'account', 'from', 'to'], rows) })
    })

  return command
}

function day(text: string): string {
  const date = new Date(text)
  if (!Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text) return text
  throw wrongUsage(`${text} is not a day such as 2027-01-01.`)
}
