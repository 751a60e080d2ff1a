import type { Store } from '../facts/column-store.ts'
import { partsOf } from '../facts/parts.ts'
import { ExpectedError } from '../shared/errors.ts'
import type { Dimension } from './dimension.ts'
import { compareKeys, type Group, type GroupLimit, groupingOf } from './grouping.ts'
import { emptySums, type Measured, measuring } from './measure-all.ts'
import { planOf } from './plan.ts'
import type { SeriesQuery } from './query.ts'
import { metricOf } from './registry.ts'
import type { GroupedSeries } from './result.ts'
import { type Asked, askedOf, type MeasureAsked, seriesOf, valuesOf } from './series.ts'
import { atOnce, type Steps } from './steps.ts'
import { refusal } from './strategy-filter.ts'
import { checkThen } from './then-filter.ts'

/** Most groups that an answer tells apart, and how many it does unless asked otherwise. */
export const MOST_GROUPS = 200
export const FIRST_GROUPS = 20

export type GroupedQuery = SeriesQuery & {
  measures: readonly MeasureAsked[]
  by: readonly Dimension[]
  limit: GroupLimit
}

/**
 * Series of the whole, and of its groups: those with the largest MRR at the end of the range first, the others together. All groups come out of
 * one pass. A group's series is that of the same question with a filter that says the same.
 */
export function evaluateGroups(store: Store, query: GroupedQuery): GroupedSeries[] {
  return atOnce(evaluatingGroups(store, query, Number.POSITIVE_INFINITY))
}

/** The same in steps. */
export function* evaluatingGroups(store: Store, query: GroupedQuery, size?: number): Steps<GroupedSeries[]> {
  const asked = askedOf(store, query, query.measures)
  const { groups, rest } = yield* measuringGroups(asked, query, size)
  yield
  const whole = yield* measuring(asked.question, asked.measured, asked.selected, size)
  return asked.selected.map((one) => ({
    ...seriesOf(asked, one, whole),
    groups: groups.map(({ group, measure }) => ({
      keys: group.keys,
      isRest: group.isRest,
      ...valuesOf(asked, group.question, one, measure),
    })),
    rest,
  }))
}

export type MeasuredGroup = { group: Group; measure: Measured }

/** The groups of a question, measured; and how many the rest is made of. */
export function* measuringGroups(
  asked: Asked,
  { by, limit }: Pick<GroupedQuery, 'by' | 'limit'>,
  size?: number,
): Steps<{ groups: MeasuredGroup[]; rest: number }> {
  checkBy(by, asked)
  const { question, range, measured, selected } = asked
  const { groups, rest, walk } = yield* groupingOf(question, { by, range, limit }, size)
  const summed = [...selected, { metric: metricOf('mrr'), window: null }] // groups are ordered by it
  const plan = planOf(question, measured, summed)
  const sums = groups.map((group) => emptySums(group.question, plan, measured, summed))
  for (const { accounts } of partsOf(question.slice, size))
    for (const pass of plan.passes) {
      yield
      walk(pass, accounts, (group, book) => sums[group]?.add(pass, book))
    }
  for (const [group, { gather }] of sums.entries())
    for (const add of gather) {
      yield
      add(groups[group]!.question.slice, true)
    }
  const found = groups.map((group, place) => ({ group, measure: sums[place]!.measured() })) // one for each
  return { groups: ordered(found, asked), rest }
}

/** Largest MRR at the end of the range first, then by value; the rest last. */
function ordered(groups: readonly MeasuredGroup[], { range }: Asked): MeasuredGroup[] {
  const mrr = metricOf('mrr')
  const sized = groups.map((one) => {
    const { amount, isMissing } = one.measure(mrr, null, range).numerator
    return { ...one, size: isMissing ? -1n : amount }
  })
  return sized.sort(
    (a, b) =>
      Number(a.group.isRest) - Number(b.group.isRest) ||
      Number(b.size > a.size) - Number(a.size > b.size) ||
      compareKeys(a.group.keys, b.group.keys),
  )
}

function checkBy(by: GroupedQuery['by'], { selected }: Asked): void {
  const names = by.map((dimension) => (dimension.kind === 'ATTRIBUTE' ? `ATTRIBUTE ${dimension.key}` : dimension.kind))
  const twice = names.find((name, place) => names.indexOf(name) !== place)
  if (twice) throw new ExpectedError('INVALID_INPUT', `by names ${twice} twice`, 'by')
  if (by.length > MOST_DIMENSIONS)
    throw new ExpectedError(
      'INVALID_INPUT',
      `by names ${by.length} dimensions; at most ${MOST_DIMENSIONS} are accepted`,
      'by',
    )
  checkThen(
    selected.map(({ metric }) => metric),
    undefined,
    by,
  )
  const other = by.some(({ kind }) => kind === 'STRATEGY') && selected.find(({ metric }) => !metric.byStrategy)
  if (other) throw refusal('by: STRATEGY', other.metric)
}

const MOST_DIMENSIONS = 4
