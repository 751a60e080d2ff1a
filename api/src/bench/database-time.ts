import { CopyingClient } from '@nobishiro/prisma/copy'

/** What statements are for, by what they name; the first that fits counts. */
const PURPOSES: [purpose: string, names: RegExp][] = [
  ['rows copied in', /^COPY/],
  ['inbox written', /INSERT INTO inbox/],
  ['past read', /FROM (inbox|ledger_line)|account_outlook/],
  ['lines posted', /INTO ledger_line/],
  ['change points', /account_change/],
  ['subscriptions', /subscription/],
  ['accounts, catalogue', /account|price|product|plan|catalog|observation|fx_rate/],
]

/** Seconds waited for the database, by purpose, while `work` runs. */
export async function databaseTime(work: () => Promise<void>): Promise<Map<string, number>> {
  const seconds = new Map<string, number>()
  const original = CopyingClient.prototype.query
  CopyingClient.prototype.query = function timed(...args: Parameters<typeof original>) {
    const result = Reflect.apply(original, this, args)
    if (!(result instanceof Promise)) return result
    const text = String(args[0]?.text)
    const purpose = PURPOSES.find(([, names]) => names.test(text))?.[0] ?? 'transaction, locks'
    const started = performance.now()
    return result.finally(() => {
      seconds.set(purpose, (seconds.get(purpose) ?? 0) + (performance.now() - started) / 1_000)
    })
  }
  try {
    await work()
    return seconds
  } finally {
    CopyingClient.prototype.query = original
  }
}
