import { Command } from 'commander'
import { createKey, LONGEST_OVERLAP_HOURS, listKeys, revokeKey, rotateKey } from '../access/keys.ts'
import { KEY_SCOPES } from '../access/principal.ts'
import { type House, tenantOf, withDatabase, wrongUsage } from './house.ts'
import { print, table } from './print.ts'

type Common = { tenant?: string; json?: boolean }
type Create = Common & { name: string; scopes: string[]; partner?: string; expires?: string }

/** `nobishiro keys create|list|rotate|revoke` */
export function keysCommand(house: House): Command {
  const command = new Command('keys').description("API keys of the vendor's servers")

  command
    .command('create')
    .description('Create a key; it is shown this once')
    .option('--tenant <id>', 'tenant (may be left out when there is only one)')
    .option('--name <name>', 'what it is for', 'key')
    .option('--scopes <scopes>', `separated by commas: ${KEY_SCOPES.join(', ')}`, (text) => text.split(','), ['read'])
    .option('--partner <name>', 'partner whose key it is: it sees what is shared with it (default: the vendor itself)')
    .option('--expires <instant>', 'when it ends, e.g. 2027-01-01 (default: never)')
    .option('--json', 'print the result as JSON')
    .action(async ({ tenant, name, scopes, partner, expires, json }: Create) => {
      const expiresAt = expires === undefined ? undefined : instant(expires)
      const key = await withDatabase(house, async (db) => {
        const tenantId = await tenantOf(db, tenant)
        return createKey(db, { tenantId, name, scopes, partner, expiresAt, by: 'cli', now: house.clock() })
      })
      print(house, { json, value: key, text: shown(key) })
    })

  command
    .command('rotate')
    .description('Make a key like another, which then ends; both work until that')
    .argument('<id>', 'id of the key to replace')
    .option('--overlap <hours>', `hours until it ends, at most ${LONGEST_OVERLAP_HOURS}`, Number, 24)
    .option('--tenant <id>', 'tenant (may be left out when there is only one)')
    .option('--json', 'print the result as JSON')
    .action(async (id: string, { tenant, overlap, json }: Common & { overlap: number }) => {
      const key = await withDatabase(house, async (db) => {
        const tenantId = await tenantOf(db, tenant)
        return rotateKey(db, { tenantId, id, overlapHours: overlap, by: 'cli', now: house.clock() })
      })
      print(house, { json, value: key, text: `${shown(key)}\n${id} ends in ${overlap} hours.` })
    })

  command
    .command('list')
    .description('List the keys')
    .option('--tenant <id>', 'tenant (may be left out when there is only one)')
    .option('--json', 'print the result as JSON')
    .action(async ({ tenant, json }: Common) => {
      const keys = await withDatabase(house, async (db) => listKeys(db, await tenantOf(db, tenant)))
      const rows = keys.map((key) => [
        key.id,
        key.name,
        `…${key.lastFour}`,
        key.scopes.join(','),
        key.partner,
        key.expiresAt,
        key.revokedAt,
        key.lastUsedAt,
      ])
      print(house, {
        json,
        value: keys,
        text: table(['id', 'name', 'ends with', 'scopes', 'partner', 'expires', 'revoked', 'last used'], rows),
      })
    })

  command
    .command('revoke')
    .description('End a key; it stops working within 10 seconds')
    .argument('<id>', 'id of the key')
    .option('--tenant <id>', 'tenant (may be left out when there is only one)')
    .option('--json', 'print the result as JSON')
    .action(async (id: string, { tenant, json }: Common) => {
      await withDatabase(house, async (db) =>
        revokeKey(db, { tenantId: await tenantOf(db, tenant), id, by: 'cli', now: house.clock() }),
      )
      print(house, { json, value: { revoked: id }, text: `Revoked ${id}.` })
    })

  return command
}

const shown = ({ id, token }: { id: string; token: string }): string =>
  `${token}\nKeep it now: only its hash is stored. Its id is ${id}.`

function instant(text: string): Date {
  const date = new Date(text)
  if (Number.isNaN(date.getTime())) throw wrongUsage(`--expires ${text} is not a date such as 2027-01-01.`)
  return date
}
