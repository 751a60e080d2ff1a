import { ExpectedError } from '../shared/errors.ts'
import { toMinor } from '../shared/money.ts'

/** From `min` on, and below `below`; at least one of them. */
export type Bounds<Value> = { min?: Value; below?: Value }

/** Which accounts belong to a segment, as they are now. Ids are our own. */
export type SegmentRule =
  | { all: readonly SegmentRule[] }
  | { any: readonly SegmentRule[] }
  | { not: SegmentRule }
  /** Null is an account that does not have the attribute. */
  | { attribute: { key: string; in: readonly (string | null)[] } }
  | { accountIds: readonly string[] }
  /** Holds an item of one of these. */
  | { planId: readonly string[] }
  | { productId: readonly string[] }
  | { region: readonly string[] }
  /** Decimals in major units of the tenant's currency. */
  | { mrr: Bounds<string> }
  | { seats: Bounds<number> }
  /** First days of a month: first paid from the one on, before the other. */
  | { firstPaid: { from?: string; before?: string } }

/** A rule as somebody wrote it: exactly one field counts. */
export type RuleInput = {
  all?: List<RuleInput>
  any?: List<RuleInput>
  not?: RuleInput | null | undefined
  attribute?: { key: string; in: readonly (string | null | undefined)[] } | null | undefined
  accountIds?: List<string>
  planId?: List<string>
  productId?: List<string>
  region?: List<string>
  mrr?: Nullable<Bounds<string>> | null | undefined
  seats?: Nullable<Bounds<number>> | null | undefined
  firstPaid?: Nullable<{ from?: string; before?: string }> | null | undefined
}
type List<Item> = readonly Item[] | null | undefined
type Nullable<Fields> = { [Name in keyof Fields]?: Fields[Name] | null | undefined }

const DEEPEST = 5
const MOST_RULES = 50
const LONGEST_LIST = 500
const FIELDS = [
  'all',
  'any',
  'not',
  'attribute',
  'accountIds',
  'planId',
  'productId',
  'region',
  'mrr',
  'seats',
  'firstPaid',
] as const satisfies readonly (keyof RuleInput)[]

/** The rule that was written, or what is wrong with it and where. */
export function checkRule(input: RuleInput, currency: string, field: string): SegmentRule {
  let count = 0
  const check = (rule: RuleInput, at: string, depth: number): SegmentRule => {
    count += 1
    if (depth > DEEPEST) throw invalid(at, `is ${depth} deep; rules nest at most ${DEEPEST} deep`)
    if (count > MOST_RULES) throw invalid(field, `holds more than ${MOST_RULES} rules`)
    const [name, ...others] = FIELDS.filter((one) => rule[one] != null)
    if (name === undefined || others.length > 0)
      throw invalid(
        at,
        `has ${name ? `both ${name} and ${others[0]}` : 'no field'}; a rule has exactly one of ${FIELDS.join(', ')}`,
      )
    const inner = `${at}.${name}`
    if (name === 'all' || name === 'any') {
      const rules = listed(rule[name], inner).map((one, index) => check(one, `${inner}[${index}]`, depth + 1))
      return name === 'all' ? { all: rules } : { any: rules }
    }
    if (name === 'not') return { not: check(rule.not ?? {}, inner, depth + 1) }
    return checkLeaf(rule, name, inner, currency)
  }
  return check(input, field, 1)
}

function checkLeaf(
  rule: RuleInput,
  name: Exclude<(typeof FIELDS)[number], 'all' | 'any' | 'not'>,
  field: string,
  currency: string,
): SegmentRule {
  switch (name) {
    case 'attribute': {
      const { key = '', in: values = [] } = rule.attribute ?? {}
      if (key === '') throw invalid(`${field}.key`, 'names no attribute')
      return { attribute: { key, in: listed(values, `${field}.in`).map((value) => value ?? null) } }
    }
    case 'accountIds':
      return { accountIds: listed(rule.accountIds, field) }
    case 'planId':
      return { planId: listed(rule.planId, field) }
    case 'productId':
      return { productId: listed(rule.productId, field) }
    case 'region':
      return { region: listed(rule.region, field) }
    case 'mrr':
      return { mrr: bounds(rule.mrr ?? {}, field, (text, at) => amount(text, currency, at)) }
    case 'seats':
      return { seats: bounds(rule.seats ?? {}, field, (seats) => seats) }
    case 'firstPaid':
      return { firstPaid: months(rule.firstPaid ?? {}, field) }
  }
}

function listed<Item>(items: List<Item>, field: string): readonly Item[] {
  if (!items || items.length === 0) throw invalid(field, 'is empty')
  if (items.length > LONGEST_LIST)
    throw invalid(field, `has ${items.length} entries; at most ${LONGEST_LIST} are accepted`)
  return items
}

function bounds<Value>(
  { min, below }: Nullable<Bounds<Value>>,
  field: string,
  sizeOf: (value: Value, field: string) => bigint | number,
): Bounds<Value> {
  if (min == null && below == null) throw invalid(field, 'has neither min nor below')
  const [from, until] = [
    min == null ? null : sizeOf(min, `${field}.min`),
    below == null ? null : sizeOf(below, `${field}.below`),
  ]
  if (from !== null && until !== null && from >= until)
    throw invalid(field, 'lets nothing through: min is not less than below')
  return { ...(min == null ? {} : { min }), ...(below == null ? {} : { below }) }
}

function amount(text: string, currency: string, field: string): bigint {
  try {
    return toMinor(text, currency)
  } catch {
    throw invalid(field, `is "${text.slice(0, 40)}"; accepted: an amount of ${currency} such as 1000 in major units`)
  }
}

function months(
  { from, before }: Nullable<{ from?: string; before?: string }>,
  field: string,
): { from?: string; before?: string } {
  if (from == null && before == null) throw invalid(field, 'has neither from nor before')
  for (const [name, day] of Object.entries({ from, before }))
    if (day != null && !day.endsWith('-01'))
      throw invalid(`${field}.${name}`, `is ${day}; accepted: the first day of a month`)
  if (from != null && before != null && from >= before)
    throw invalid(field, 'lets nothing through: from is not earlier than before')
  return { ...(from == null ? {} : { from }), ...(before == null ? {} : { before }) }
}

const invalid = (field: string, message: string): ExpectedError =>
  new ExpectedError('INVALID_INPUT', `${field} ${message}.`, field)
