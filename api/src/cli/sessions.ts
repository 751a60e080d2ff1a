import { Command } from 'commander'
import { listSessions, mintSession, type Revocation, revokeSessions } from '../access/sessions.ts'
import { ownIds, withOwnIds } from '../graphql/own-ids.ts'
import { type House, tenantOf, withDatabase, wrongUsage } from './house.ts'
import { print, table } from './print.ts'

type Common = { tenant?: string; json?: boolean }
type Mint = Common & {
  origin: string[]
  account?: string[]
  segment?: string[]
  partner?: string
  filters?: unknown
  capability?: string[]
  ttl?: number
}
type Revoke = Common & { account?: string; segment?: string; all?: boolean }

/** `nobishiro sessions mint|list|revoke` */
export function sessionsCommand(house: House): Command {
  const command = new Command('sessions').description('Short-lived credentials of browser pages')

  command
    .command('mint')
    .description('Mint a session, to try an embed by hand')
    .option('--tenant <id>', 'tenant (may be left out when there is only one)')
    .requiredOption('--origin <origin...>', 'origins of the pages that may use it, e.g. https://app.example.com')
    .option('--account <id...>', 'limit it to these accounts (default: the whole tenant)')
    .option('--segment <id...>', 'limit it to the accounts of these saved segments')
    .option('--partner <name>', 'limit it to what is shared with this partner')
    .option('--filters <rule>', 'what every account has to meet, as JSON: \'{ "region": ["emea"] }\'', rule)
    .option('--capability <name...>', 'what it may be used for (default: everything)')
    .option('--ttl <seconds>', 'how long it lives: 900 unless said, at most 3600', Number)
    .option('--json', 'print the result as JSON')
    .action(async ({ tenant, origin, account, segment, partner, filters, capability, ttl, json }: Mint) => {
      const request = {
        viewer: account ? 'ACCOUNT' : segment ? 'SEGMENT' : partner ? 'PARTNER' : 'TENANT',
        accountIds: account,
        segmentIds: segment,
        partner,
        filters,
        capabilities: capability,
        origins: origin,
        ttlSeconds: ttl,
      }
      const session = await withDatabase(house, async (db) =>
        mintSession(db, { tenantId: await tenantOf(db, tenant), keyId: 'cli' }, withOwnIds(request), house.clock()),
      )
      print(house, {
        json,
        value: session,
        text: `${session.token}\nValid until ${session.expiresAt.toISOString()}; id ${session.sessionId}.`,
      })
    })

  command
    .command('list')
    .description('List the live sessions')
    .option('--tenant <id>', 'tenant (may be left out when there is only one)')
    .option('--json', 'print the result as JSON')
    .action(async ({ tenant, json }: Common) => {
      const sessions = await withDatabase(house, async (db) =>
        listSessions(db, await tenantOf(db, tenant), house.clock()),
      )
      const rows = sessions.map((session) => [
        session.id,
        session.viewer,
        [...session.accountIds, ...session.segmentIds, session.partner].filter(Boolean).join(','),
        session.filters && JSON.stringify(session.filters),
        session.origins.join(','),
        session.expiresAt,
      ])
      print(house, {
        json,
        value: sessions,
        text: table(['id', 'viewer', 'limited to', 'filters', 'origins', 'expires'], rows),
      })
    })

  command
    .command('revoke')
    .description('End sessions; they stop working within 10 seconds')
    .argument('[id]', 'id of a session')
    .option('--account <id>', 'those limited to this account')
    .option('--segment <id>', 'those for this saved segment')
    .option('--all', 'all of the tenant')
    .option('--tenant <id>', 'tenant (may be left out when there is only one)')
    .option('--json', 'print the result as JSON')
    .action(async (id: string | undefined, { tenant, account, segment, all, json }: Revoke) => {
      const which = revocationOf({ id, account, segment, all })
      const revoked = await withDatabase(house, async (db) =>
        revokeSessions(db, { tenantId: await tenantOf(db, tenant), by: 'cli', now: house.clock() }, which),
      )
      print(house, { json, value: { revoked }, text: `Revoked ${revoked}.` })
    })

  return command
}

function rule(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw wrongUsage(`--filters ${text} is not JSON such as { "region": ["emea"] }.`)
  }
}

function revocationOf({
  id,
  account,
  segment,
  all,
}: {
  id: string | undefined
  account?: string | undefined
  segment?: string | undefined
  all?: boolean | undefined
}): Revocation {
  const named: Revocation[] = [
    ...(id === undefined ? [] : [{ sessionId: id }]),
    ...(account === undefined ? [] : ownIds([account], 'Account').map((own) => ({ accountId: own }))),
    ...(segment === undefined ? [] : ownIds([segment], 'Segment').map((own) => ({ segmentId: own }))),
    ...(all ? [{ all: true as const }] : []),
  ]
  const [which, ...others] = named
  if (which && others.length === 0) return which
  throw wrongUsage('Say which: the id of a session, --account, --segment, or --all.')
}
