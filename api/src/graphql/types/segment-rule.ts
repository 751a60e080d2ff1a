import type { RuleInput, SegmentRule } from '../../segments/rule.ts'
import { builder } from '../builder.ts'
import { globalId, localIds } from '../ids.ts'
import { AttributeWhere } from './fact-where.ts'

const MoneyBounds = builder.inputType('MoneyBounds', {
  description: "From one amount on and below another, in major units of the tenant's currency; at least one of them.",
  fields: (t) => ({
    min: t.field({ type: 'Decimal', description: 'This much or more.' }),
    below: t.field({ type: 'Decimal', description: 'Less than this.' }),
  }),
})

const CountBounds = builder.inputType('CountBounds', {
  description: 'From one number on and below another; at least one of them.',
  fields: (t) => ({
    min: t.int({ description: 'This many or more.' }),
    below: t.int({ description: 'Fewer than this.' }),
  }),
})

const MonthBounds = builder.inputType('MonthBounds', {
  description: 'From one month on and before another, by their first days; at least one of them.',
  fields: (t) => ({
    from: t.field({ type: 'Date', description: 'This month or later.' }),
    before: t.field({ type: 'Date', description: 'Earlier than this month.' }),
  }),
})

export const SegmentRuleInput = builder.inputRef<RuleInput>('SegmentRuleInput').implement({
  description: 'Which accounts belong to a segment, as they are now: exactly one field. Rules nest at most 5 deep.',
  fields: (t) => ({
    all: t.field({ type: [SegmentRuleInput], description: 'All of these hold.' }),
    any: t.field({ type: [SegmentRuleInput], description: 'Any of these holds.' }),
    not: t.field({ type: SegmentRuleInput, description: 'This does not hold.' }),
    attribute: t.field({ type: AttributeWhere, description: 'An attribute has one of these values.' }),
    accountIds: t.idList({ description: 'It is one of these accounts.' }),
    planId: t.idList({ description: 'It holds any of these plans.' }),
    productId: t.idList({ description: 'It holds a plan of any of these products.' }),
    region: t.stringList({ description: 'It holds items of any of these regions.' }),
    mrr: t.field({
      type: MoneyBounds,
      description: 'Its MRR. Of an account whose exchange rate is missing nothing holds.',
    }),
    seats: t.field({ type: CountBounds, description: 'Its purchased seats.' }),
    firstPaid: t.field({
      type: MonthBounds,
      description: 'Its first month with revenue; an account that never paid has none.',
    }),
  }),
})

const ID_FIELDS = { accountIds: 'Account', planId: 'Plan', productId: 'Product' } as const

/** The rule as it is kept. */
export function withLocalIds(rule: RuleInput, field: string): RuleInput {
  const nested = (rules: RuleInput['all'], name: string) =>
    rules?.map((one, index) => withLocalIds(one, `${field}.${name}[${index}]`))
  const ids = Object.entries(ID_FIELDS).map(([name, type]) => {
    const key = name as keyof typeof ID_FIELDS // its own name
    return [key, localIds(type, rule[key], `${field}.${key}`)]
  })
  return {
    ...rule,
    ...Object.fromEntries(ids),
    all: nested(rule.all, 'all'),
    any: nested(rule.any, 'any'),
    not: rule.not == null ? undefined : withLocalIds(rule.not, `${field}.not`),
  }
}

/** The rule as it was written. */
export function withGlobalIds(rule: SegmentRule): object {
  if ('all' in rule) return { all: rule.all.map(withGlobalIds) }
  if ('any' in rule) return { any: rule.any.map(withGlobalIds) }
  if ('not' in rule) return { not: withGlobalIds(rule.not) }
  if ('accountIds' in rule) return { accountIds: rule.accountIds.map((id) => globalId('Account', id)) }
  if ('planId' in rule) return { planId: rule.planId.map((id) => globalId('Plan', id)) }
  if ('productId' in rule) return { productId: rule.productId.map((id) => globalId('Product', id)) }
  return rule
}
