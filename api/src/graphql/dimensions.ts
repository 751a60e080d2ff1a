import type { AttributeTime } from '../facts/slice.ts'
import type { Dimension } from '../metrics/dimension.ts'
import { FIRST_GROUPS, MOST_GROUPS } from '../metrics/evaluate-groups.ts'
import { mostPeriods } from '../metrics/periods.ts'
import type { GroupKey } from '../metrics/result.ts'
import type { Bucket, DimensionKind, LocalizedText } from '../metrics/vocabulary.ts'
import { ExpectedError } from '../shared/errors.ts'
import type { Context, Facts } from './context.ts'
import { bucketRange, type RangeInput } from './fact-args.ts'
import { refuseToAccounts, segmentSets, type WhereAsked, type WhereInput } from './fact-where.ts'
import { globalId } from './ids.ts'
import { topsAt } from './level.ts'
import type { PlanRow } from './loaders.ts'

export type DimensionInput = {
  kind: DimensionKind
  key?: string | null | undefined
  at?: AttributeTime | null | undefined
}

/** Where the answer is narrowed to some segments, those are told apart. */
type DimensionsAsked = WhereAsked & Pick<WhereInput, 'segmentIds'>

/** What an answer is parted by, with what only the database knows of it. */
export async function dimensionsOf(
  by: readonly DimensionInput[] | null | undefined,
  context: Context,
  facts: Facts,
  asked: DimensionsAsked,
): Promise<Dimension[]> {
  return Promise.all((by ?? []).map((one, index) => dimensionOf(one, `by[${index}]`, context, facts, asked)))
}

async function dimensionOf(
  { kind, key, at }: DimensionInput,
  field: string,
  context: Context,
  facts: Facts,
  asked: DimensionsAsked,
): Promise<Dimension> {
  if ((key == null) !== (kind !== 'ATTRIBUTE')) {
    const message = kind === 'ATTRIBUTE' ? 'names the attribute' : `goes with ATTRIBUTE only, not with ${kind}`
    throw new ExpectedError('INVALID_INPUT', `${field}.key ${message}.`, `${field}.key`)
  }
  if (at != null && kind !== 'ATTRIBUTE')
    throw new ExpectedError('INVALID_INPUT', `${field}.at goes with ATTRIBUTE only, not with ${kind}.`, `${field}.at`)
  if (kind === 'ATTRIBUTE' || kind === 'PARENT' || kind === 'SEGMENT') refuseToAccounts(`by: ${kind}`, context)
  if (kind === 'ATTRIBUTE') return { kind, key: key ?? '', at: at ?? undefined }
  if (kind === 'PARENT') return { kind, tops: await topsAt(context, facts, asked) }
  if (kind === 'SEGMENT')
    return { kind, segments: await segmentSets(context, facts, { asOf: asked.asOf, ids: asked.segmentIds }) }
  return { kind }
}

/** How many groups are told apart. */
export function firstGroups(first: number | null | undefined): number {
  if (first == null) return FIRST_GROUPS
  if (Number.isInteger(first) && first >= 1 && first <= MOST_GROUPS) return first
  throw new ExpectedError(
    'INVALID_INPUT',
    `first is ${first}; from 1 to ${MOST_GROUPS} groups can be told apart.`,
    'first',
  )
}

type Costly = {
  by?: readonly unknown[] | null | undefined
  first?: number | null | undefined
  range?: RangeInput | null | undefined
  bucket?: Bucket | null | undefined
}

/** A value of a group is a row: one for each bucket, of which both ends may be cut, and the total. */
export function groupCost({ by, first, range, bucket }: Costly, metrics: number): number {
  if (!by?.length) return 0
  const { start, end } = bucketRange(range, bucket) ?? { start: 0, end: 12 }
  const buckets = mostPeriods(end - start, bucket ?? 'MONTH')
  return metrics * Math.min(first ?? FIRST_GROUPS, MOST_GROUPS) * (buckets + 1)
}

const idTypes: Partial<Record<DimensionKind, Parameters<typeof globalId>[0]>> = {
  PLAN: 'Plan',
  PRODUCT: 'Product',
  PARENT: 'Account',
  SEGMENT: 'Segment',
}

/** The value as filters take it. */
export function keyValue({ dimension, value }: GroupKey): string | null {
  const type = idTypes[dimension]
  return value === null || type === undefined ? value : globalId(type, value)
}

/** What to call a value; plans and products by the names in the catalogue, a plan with its product's: two of them may have a Basic. */
export async function labelOf({ dimension, value, label }: GroupKey, { loaders }: Context): Promise<LocalizedText> {
  if (label !== null || value === null) return label ?? { en: '', ja: '' }
  const name =
    dimension === 'PLAN'
      ? fullName(await loaders.plan.load(value))
      : (await loaders.plansOfProduct.load(value))[0]?.product.name
  return { en: name ?? value, ja: name ?? value }
}

function fullName(plan: PlanRow | undefined): string | undefined {
  if (!plan) return undefined
  const { name, product } = plan
  // A product that nobody named has its id for a name.
  return product.name === product.id || name.startsWith(product.name) ? name : `${product.name} ${name}`
}
