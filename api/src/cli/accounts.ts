import { createInterface } from 'node:readline/promises'
import { pipeline } from 'node:stream/promises'
import { Command } from 'commander'
import { newFile } from '../archive/new-file.ts'
import { ownIds } from '../graphql/own-ids.ts'
import { eraseAccount } from '../privacy/erase-account.ts'
import { exportAccount } from '../privacy/export-account.ts'
import { type House, tenantOf, withDatabase, wrongUsage } from './house.ts'
import { print } from './print.ts'

type Common = { tenant?: string; json?: boolean }

/** `nobishiro accounts export|erase` */
export function accountsCommand(house: House): Command {
  const command = new Command('accounts').description('What is held of one account: give it out, or erase it')

  command
    .command('export')
    .description('Write all that is held of an account to a file, as JSON')
    .argument('<account>', 'its id, or the one that its source knows')
    .requiredOption('--output <file>', 'file to write; must not exist')
    .option('--tenant <id>', 'tenant (may be left out when there is only one)')
    .option('--json', 'print the result as JSON')
    .action(async (account: string, { tenant, output, json }: Common & { output: string }) => {
      const { accounts } = await withDatabase(house, async (db) => {
        const change = { tenantId: await tenantOf(db, tenant), by: 'cli', now: house.clock() }
        return newFile(output, (file) => exportAccount(db, change, idOf(account), (text) => pipeline([text], file)))
      })
      const ids = accounts.map(({ id }) => id)
      const text = `Wrote ${output}: all that is held of ${ids.join(', ')}. It is personal: keep it accordingly.`
      print(house, { json, value: { output, accounts: ids }, text })
    })

  command
    .command('erase')
    .description(
      'Erase all that is personal of an account; no number of the tenant changes, and nothing brings it back',
    )
    .argument('<account>', 'its id, or the one that its source knows')
    .option('--confirm <account>', 'the same once more, instead of typing it when asked')
    .option('--tenant <id>', 'tenant (may be left out when there is only one)')
    .option('--json', 'print the result as JSON')
    .action(async (account: string, { tenant, confirm, json }: Common & { confirm?: string }) => {
      const typed = confirm ?? (await ask(`Type ${account} to erase it for good: `))
      if (typed !== account) throw wrongUsage(`"${typed}" was typed, the account is ${account}. Nothing was erased.`)
      const erased = await withDatabase(house, async (db) =>
        eraseAccount(db, { tenantId: await tenantOf(db, tenant), by: 'cli', now: house.clock() }, idOf(account)),
      )
      const ids = erased.accounts.join(', ')
      const text =
        erased.newly.length === 0
          ? `${ids} was erased before.`
          : `Erased ${ids}: ${erased.deliveries} deliveries hold no more than what numbers follow from. Back-ups and archives of before still hold all.`
      print(house, { json, value: erased, text })
    })

  return command
}

const idOf = (account: string): string => ownIds([account], 'Account')[0] ?? account

/** What a person types; without a terminal nobody is there to ask. */
async function ask(question: string): Promise<string> {
  if (!process.stdin.isTTY) throw wrongUsage('Say the account once more with --confirm. Nothing was erased.')
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return (await terminal.question(question)).trim()
  } finally {
    terminal.close()
  }
}
