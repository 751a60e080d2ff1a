import { Command } from 'commander'
import { readAudit } from '../access/audit.ts'
import { type House, tenantOf, withDatabase, wrongUsage } from './house.ts'
import { print, table } from './print.ts'

/** `nobishiro audit` */
export function auditCommand(house: House): Command {
  return new Command('audit')
    .description('Who changed what about keys, sessions, documents and webhooks, the newest first')
    .option('--tenant <id>', 'tenant (may be left out when there is only one)')
    .option('--first <count>', 'entries to print', Number, 50)
    .option('--json', 'print the result as JSON')
    .action(async ({ tenant, first, json }: { tenant?: string; first: number; json?: boolean }) => {
      if (!Number.isInteger(first) || first < 1) throw wrongUsage('--first is a whole number, at least 1.')
      const { items } = await withDatabase(house, async (db) =>
        readAudit(db, await tenantOf(db, tenant), { offset: 0, limit: first }),
      )
      const rows = items.map(({ at, by, action, subject, detail }) => [at, by, action, subject, JSON.stringify(detail)])
      const value = items.map(({ id, ...entry }) => ({ id: String(id), ...entry }))
      print(house, { json, value, text: table(['at', 'by', 'action', 'subject', 'detail'], rows) })
    })
}
