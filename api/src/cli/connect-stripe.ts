import { Command } from 'commander'
import { addStripeSource, saveStripeSource } from '../access/sources.ts'
import { explainApiError } from '../ingest/stripe-history/api-error.ts'
import { apiReader } from '../ingest/stripe-history/api-reader.ts'
import { describeHistory } from '../ingest/stripe-history/describe-history.ts'
import { readHistory } from '../ingest/stripe-history/read-history.ts'
import type { HistoryReport } from '../ingest/stripe-history/report.ts'
import { readSecret } from '../secret.ts'
import { startOfLocalDay } from '../shared/local-day.ts'
import { type House, tenantOf, withDatabase, wrongUsage } from './house.ts'
import { print } from './print.ts'
import { showProgress } from './progress.ts'

const DEFAULT_BASE = 'https://api.stripe.com'

type Options = {
  tenant?: string
  secret?: string
  key?: string
  since?: string
  apiBase: string
  name: string
  dryRun?: boolean
  json?: boolean
}

type Connected = { tenantId: string; name: string; path: string; history?: HistoryReport }

/** `nobishiro connect stripe`: the address for webhooks, and with a key the history before them. */
export function connectStripeCommand(house: House): Command {
  return new Command('stripe')
    .description('Take webhooks of a Stripe account, and read its history; again to change the secret or to catch up')
    .option('--secret <secret>', 'signing secret of the webhook endpoint: whsec_…')
    .option('--key <key>', 'secret or restricted key that may read: rk_… or sk_…; reads the history, and is not kept')
    .option('--since <day>', 'with --key: say nothing of the time before this day (YYYY-MM-DD)')
    .option('--api-base <url>', 'with --key: where the API is', 'https://api.stripe.com')
    .option('--tenant <id>', 'tenant (may be left out when there is only one)')
    .option('--name <name>', 'name of the source', 'stripe')
    .option('--dry-run', 'with --key: read everything, write nothing')
    .option('--json', 'print the result as JSON')
    .action((options: Options) => connectStripe(house, options))
}

async function connectStripe(house: House, options: Options): Promise<void> {
  const { secret, key, name, json, dryRun } = options
  check(options)
  const base = key === undefined ? null : apiBaseOf(options.apiBase)
  const connected = await withDatabase(house, async (db): Promise<Connected> => {
    const tenantId = await tenantOf(db, options.tenant)
    const path = `/ingest/stripe/${tenantId}.${name}`
    if (secret !== undefined && !dryRun)
      await saveStripeSource(db, { tenantId, name, webhookSecret: secret }, await readSecret(house.env))
    if (key === undefined || base === null) return { tenantId, name, path }
    if (!dryRun) await addStripeSource(db, { tenantId, name })
    const tenant = await db.withTenant({ tenantId, viewer: 'TENANT' }, (tx) =>
      tx.tenant.findUniqueOrThrow({ where: { id: tenantId }, select: { timeZone: true } }),
    )
    const since = options.since === undefined ? null : startOfLocalDay(options.since, tenant.timeZone).toISOString()
    const progress = showProgress(house.err, house.clock)
    try {
      const history = await readHistory(
        { db, clock: house.clock, onProgress: progress.show },
        { tenantId, source: name, since, dryRun: dryRun ?? false, reader: (run) => apiReader({ key, base, ...run }) },
      )
      return { tenantId, name, path, history }
    } catch (error) {
      throw explainApiError(error)
    } finally {
      progress.clear()
    }
  })
  print(house, { json, value: connected, text: describe(connected, secret !== undefined && !dryRun) })
}

function describe({ path, history }: Connected, takesWebhooks: boolean): string {
  const webhooks = takesWebhooks
    ? [`Point the webhook endpoint at ${path} of this server.`]
    : ['Later changes come by webhooks: connect them with --secret.']
  return [...(history ? [describeHistory(history)] : []), ...webhooks].join('\n')
}

/** The key itself is never repeated. */
function check({ name, secret, key, since, dryRun, apiBase }: Options): void {
  if (!/^[a-z0-9][a-z0-9-]{0,38}$/.test(name))
    throw wrongUsage(`"${name}" cannot name a source: use lower-case letters, digits and hyphens.`)
  if (secret === undefined && key === undefined)
    throw wrongUsage('Give --secret whsec_… for webhooks, --key rk_… for the history, or both.')
  if (secret !== undefined && secret.length < 16) throw wrongUsage('--secret is too short to be a signing secret.')
  if (key !== undefined && !/^(rk|sk)_[A-Za-z0-9_]{8,}$/.test(key))
    throw wrongUsage('--key is not a secret or restricted key of Stripe: accepted: rk_… or sk_….')
  if (key === undefined && (since !== undefined || dryRun || apiBase !== DEFAULT_BASE))
    throw wrongUsage('--since, --api-base and --dry-run go with --key.')
  if (since !== undefined && !isDay(since)) throw wrongUsage(`--since ${since} is not a day such as 2024-01-31.`)
}

/** The key travels in the clear over http, so only within this machine. */
function apiBaseOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null
  const isHere = url !== null && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isHere)) return url
  throw wrongUsage(`--api-base ${text} is not accepted: https://…, or http:// of this machine.`)
}

function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`)
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}
