import type { Database, Tx } from '@nobishiro/prisma'
import { recordSetting, settingsOf } from '../ingest/settings.ts'
import { nextVersion } from '../ledger/next-version.ts'
import { ExpectedError } from '../shared/errors.ts'

/** `metric` is a registered key, `from` the first month in which it holds (YYYY-MM), `value` as the metric's own: 1.1 is 110 %; null ends it. */
export type Target = { metric: string; from: string; value: string | null; setAt: Date }

const DECIMAL = /^-?\d{1,15}(\.\d{1,12})?$/
const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/

/** What a metric shall be from a month on; without a value, from then on nothing is wanted of it. */
export async function setTarget(
  db: Database,
  { tenantId, now }: { tenantId: string; now: Date },
  said: { metric: string; from: string; value: string | null },
): Promise<Target[]> {
  if (!MONTH.test(said.from)) throw invalid('from', `from is a month such as 2026-04; it is "${said.from}".`)
  if (said.value !== null && !DECIMAL.test(said.value))
    throw invalid('value', `value is a decimal such as 1.1 for 110 %; it is "${said.value.slice(0, 40)}".`)
  return db.withTenant({ tenantId, viewer: 'TENANT' }, async (tx) => {
    const { version } = await nextVersion(tx, tenantId)
    await recordSetting(tx, { tenantId, version }, { type: 'target', at: now.toISOString(), ...said })
    return readTargets(tx, tenantId)
  })
}

/** All that hold or held, by metric and month, as they were known at an instant. */
export async function readTargets(tx: Tx, tenantId: string, asOf?: Date): Promise<Target[]> {
  const last = new Map(
    (await settingsOf(tx, tenantId, 'target', asOf)).map((said) => [`${said.metric} ${said.from}`, said]),
  )
  const known = [...last.values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
  return known.map(({ metric, from, value, at }) => ({ metric, from, value, setAt: new Date(at) }))
}

/** The target of a metric in a month (YYYY-MM): the last one from it or before; null where nothing is wanted. */
export function targetIn(targets: readonly Target[], metric: string, month: string): string | null {
  return heldIn(targets, metric, month)?.value ?? null
}

/** What was said of a metric that holds in a month, also that nothing is wanted of it. */
export function heldIn(targets: readonly Target[], metric: string, month: string): Target | null {
  const held = targets.filter((target) => target.metric === metric && target.from <= month)
  return held.reduce<Target | null>((last, one) => (last && last.from > one.from ? last : one), null)
}

const keyOf = ({ metric, from }: { metric: string; from: string }) => `${metric} ${from}`
const invalid = (field: string, message: string) => new ExpectedError('INVALID_INPUT', message, field)
