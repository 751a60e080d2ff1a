import type { Database } from '@nobishiro/prisma'
import { Command } from 'commander'
import { type Verification, verify } from '../ledger/verify.ts'
import { describeUncovered } from './describe-uncovered.ts'
import { describeUnknown } from './describe-unknown.ts'
import { type House, tenantOf, withDatabase } from './house.ts'
import { print, table } from './print.ts'

type Options = { tenant?: string; json?: boolean }

/** `nobishiro verify`: exit code 1 and a table where something does not hold. */
export function verifyCommand(house: House): Command {
  return new Command('verify')
    .description('Prove every ledger: its sums, its identity, and that the inbox folds to what was posted')
    .option('--tenant <id>', 'only this tenant (default: all)')
    .option('--json', 'print the result as JSON')
    .action(async ({ tenant, json }: Options) => {
      const results = await withDatabase(house, async (db) => {
        const found: Verification[] = []
        for (const id of await tenantsOf(db, tenant)) found.push(await verify(db, id, house.clock()))
        return found
      })
      print(house, { json, value: results, text: results.map(describe).join('\n\n') || 'There is no tenant yet.' })
      if (results.some(({ ok }) => !ok)) process.exitCode = 1
    })
}

async function tenantsOf(db: Database, wanted: string | undefined): Promise<string[]> {
  return wanted === undefined ? (await db.tenants()).map(({ id }) => id) : [await tenantOf(db, wanted)]
}

function describe({ tenantId, version, hash, lines, accounts, checks, unknown, uncovered, ok }: Verification): string {
  const rows = checks.map(({ what, problems }) => [problems.length === 0 ? 'holds' : `${problems.length} broken`, what])
  const broken = checks.flatMap(({ name, problems }) =>
    problems.map(({ where, expected, found }) => [name, where, expected, found]),
  )
  return [
    `Tenant ${tenantId}: ${accounts} accounts, ${lines} lines, version ${version}, ledger hash ${hash}`,
    table(['', ''], rows).trimStart(),
    ...(ok ? ['Everything holds.'] : [table(['check', 'where', 'expected', 'found'], broken.slice(0, 100))]),
    ...describeUnknown(unknown),
    ...(uncovered.length === 0 ? [] : ['', ...describeUncovered(uncovered), 'Until then they count nothing.']),
  ].join('\n')
}
