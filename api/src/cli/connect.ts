import { Command } from 'commander'
import { saveStripeSource } from '../access/sources.ts'
import { readSecret } from '../secret.ts'
import { type House, tenantOf, withDatabase, wrongUsage } from './house.ts'
import { print } from './print.ts'

type Options = { tenant?: string; secret: string; name: string; json?: boolean }

/** `nobishiro connect stripe` */
export function connectCommand(house: House): Command {
  const command = new Command('connect').description('Where events come from')
  command
    .command('stripe')
    .description('Take webhooks of a Stripe account; again with the same name to change the secret')
    .requiredOption('--secret <secret>', 'signing secret of the webhook endpoint: whsec_…')
    .option('--tenant <id>', 'tenant (may be left out when there is only one)')
    .option('--name <name>', 'name of the source', 'stripe')
    .option('--json', 'print the result as JSON')
    .action(async ({ tenant, secret, name, json }: Options) => {
      if (!/^[a-z0-9][a-z0-9-]{0,38}$/.test(name))
        throw wrongUsage(`"${name}" cannot name a source: use lower-case letters, digits and hyphens.`)
      if (secret.length < 16) throw wrongUsage('--secret is too short to be a signing secret.')
      const tenantId = await withDatabase(house, async (db) => {
        const found = await tenantOf(db, tenant)
        await saveStripeSource(db, { tenantId: found, name, webhookSecret: secret }, await readSecret(house.env))
        return found
      })
      const path = `/ingest/stripe/${tenantId}.${name}`
      print(house, {
        json,
        value: { tenantId, name, path },
        text: `Point the webhook endpoint at ${path} of this server.`,
      })
    })
  return command
}
