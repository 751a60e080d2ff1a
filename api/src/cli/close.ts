import { Command } from 'commander'
import { closeMonth } from '../ledger/close-month.ts'
import { type House, tenantOf, withDatabase } from './house.ts'
import { print } from './print.ts'

type Options = { tenant?: string; reason?: string; json?: boolean }

/** `nobishiro close` */
export function closeCommand(house: House): Command {
  return new Command('close')
    .description(
      'Close a month, and those before it that are open: what arrives afterwards restates it and is listed.\nMonths close by themselves once every source has passed their end and five days have gone by. Closing again accepts what has changed.',
    )
    .argument('<month>', 'a month that is over, e.g. 2026-10')
    .option('--tenant <id>', 'tenant (may be left out when there is only one)')
    .option('--reason <text>', 'for whoever asks later')
    .option('--json', 'print the result as JSON')
    .action(async (month: string, { tenant, reason, json }: Options) => {
      const closed = await withDatabase(house, async (db) =>
        closeMonth(db, { tenantId: await tenantOf(db, tenant), now: house.clock() }, { month, reason: reason ?? null }),
      )
      const text = `Closed ${month} at ${closed.closedAt.toISOString()}, version ${closed.version}. Its figures stay readable with asOf that instant.`
      print(house, { json, value: closed, text })
    })
}
