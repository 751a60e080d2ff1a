import type { ExpansionStrategy } from '../facts/kind.ts'
import type { AttributeTime, FactWhere } from '../facts/slice.ts'
import { marks } from '../facts/slice.ts'
import type { SegmentSet } from '../metrics/dimension.ts'
import { membersOf } from '../segments/members.ts'
import { ExpectedError } from '../shared/errors.ts'
import type { Context, Facts } from './context.ts'
import { currencyOf, firstOfMonth } from './fact-args.ts'
import { localIds } from './ids.ts'
import { type RangeAsked, topsAt } from './level.ts'
import { isLimited } from './viewer.ts'

type List<Item> = readonly Item[] | null | undefined

export type WhereInput = {
  accountIds?: List<string>
  parentIds?: List<string>
  segmentIds?: List<string>
  cohort?: List<string | null | undefined>
  region?: List<string>
  planId?: List<string>
  productId?: List<string>
  currency?: List<string>
  strategy?: List<ExpansionStrategy>
  attributes?: List<{ key: string; in: readonly (string | null | undefined)[]; at?: AttributeTime | null | undefined }>
}

/** What parents are those of, whose knowledge counts, and whether accounts may come and go. */
export type WhereAsked = RangeAsked & { asOf?: Date | null | undefined; readsThen?: boolean | undefined }

/** What the vendor knows of its accounts and their neighbours is not for one of them to ask about. */
const PRIVATE = ['attributes', 'parentIds'] as const satisfies readonly (keyof WhereInput)[]

/** Filters with our own ids, and sets of accounts made for the store that is asked. */
export async function factWhere(
  where: WhereInput | null | undefined,
  context: Context,
  facts: Facts,
  asked: WhereAsked = {},
): Promise<FactWhere | undefined> {
  if (!where) return undefined
  for (const name of PRIVATE) if (where[name]) refuseToAccounts(`where.${name}`, context)
  if (!asked.readsThen) refuseThen(where)
  return {
    accountIds: localIds('Account', where.accountIds, 'where.accountIds'),
    cohort: where.cohort?.map((day, index) => (day == null ? null : firstOfMonth(day, `where.cohort[${index}]`))),
    region: where.region ?? undefined,
    planId: localIds('Plan', where.planId, 'where.planId'),
    productId: localIds('Product', where.productId, 'where.productId'),
    currency: where.currency?.flatMap((code) => currencyOf(code, 'where.currency') ?? []),
    strategy: where.strategy ?? undefined,
    attributes: where.attributes?.map(({ key, in: values, at }) => ({
      key,
      in: values.map((value) => value ?? null),
      at: at ?? undefined,
    })),
    within: [
      ...(where.parentIds ? [await belongingTo(where.parentIds, context, facts, asked)] : []),
      ...(await withinSegments(where.segmentIds, context, facts, asked.asOf)),
    ],
  }
}

function refuseThen({ attributes }: WhereInput): void {
  const place = attributes?.findIndex(({ at }) => at === 'THEN') ?? -1
  if (place < 0) return
  const field = `where.attributes[${place}].at`
  const message = `${field}: THEN does not apply to this field; ask with NOW, or a metric, report, waterfall, strategyMix or nrrContribution.`
  throw new ExpectedError('INVALID_INPUT', message, field)
}

export function refuseToAccounts(what: string, { principal }: Context): void {
  if (isLimited(principal))
    throw new ExpectedError('FORBIDDEN', `${what} is not available to a viewer of some accounts.`)
}

async function belongingTo(parentIds: readonly string[], context: Context, facts: Facts, asked: WhereAsked) {
  const { ids, indexOf } = facts.store.accounts
  const wanted = marks(ids, localIds('Account', parentIds, 'where.parentIds') ?? [], indexOf)
  return Uint8Array.from(await topsAt(context, facts, asked), (top) => wanted[top]!)
}

/** Accounts of the tenant's segments; of those that are named, where some are. */
export async function segmentSets(
  { loaders }: Context,
  { store, now }: Facts,
  { asOf, ids }: { asOf?: Date | null | undefined; ids?: List<string> },
): Promise<SegmentSet[]> {
  const segments = await loaders.segments.load({ asOf })
  const wanted = localIds('Segment', ids, 'where.segmentIds')
  const known = new Set(segments.map(({ id }) => id))
  const missing = wanted?.findIndex((id) => !known.has(id)) ?? -1
  if (missing >= 0) {
    const field = `where.segmentIds[${missing}]`
    throw new ExpectedError('INVALID_INPUT', `${field} is no segment, or is one no more.`, field)
  }
  return segments
    .filter(({ id }) => wanted?.includes(id) ?? true)
    .map(({ id, name, rule }) => ({ id, name, accounts: membersOf(store, rule, now) }))
}

/** The accounts in any of some segments, as a set that narrows; none where no segments are named. */
export async function withinSegments(
  ids: List<string>,
  context: Context,
  facts: Facts,
  asOf?: Date | null,
): Promise<Uint8Array[]> {
  if (!ids) return []
  refuseToAccounts('where.segmentIds', context)
  return [anyOf(await segmentSets(context, facts, { asOf, ids }), facts)]
}

const anyOf = (sets: readonly SegmentSet[], { store }: Facts): Uint8Array =>
  Uint8Array.from(store.accounts.ids, (_, account) => (sets.some(({ accounts }) => accounts[account] === 1) ? 1 : 0))
