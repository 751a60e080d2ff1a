import { membersOf } from '../../segments/members.ts'
import type { Segment as Saved } from '../../segments/read-segments.ts'
import type { RuleInput, SegmentRule } from '../../segments/rule.ts'
import { deleteSegment, saveSegment } from '../../segments/save-segment.ts'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { refuseToAccounts } from '../fact-where.ts'
import { globalId, localId, localIds } from '../ids.ts'
import { asOfArg } from './as-of.ts'
import { AttributeWhere } from './fact-where.ts'

type Shape = Saved & { asOf?: Date | null | undefined }

const Segment = builder.objectRef<Shape>('Segment').implement({
  description: 'Accounts by what they have in common, saved under a name.',
  fields: (t) => ({
    id: t.id({ description: 'Global id, also for filters.', resolve: ({ id }) => globalId('Segment', id) }),
    name: t.exposeString('name', { description: 'Its name.' }),
    rule: t.field({
      type: 'JSONObject',
      description: 'Which accounts belong to it, as saveSegment takes it.',
      resolve: ({ rule }) => withGlobalIds(rule),
    }),
    savedAt: t.expose('savedAt', { type: 'DateTime', description: 'When it was last saved.' }),
    accounts: t.int({
      description: 'Accounts that belong to it.',
      complexity: 5,
      resolve: async ({ rule, asOf }, _args, context) => {
        const { store, scope, now } = await context.facts(asOf)
        return membersOf(store, rule, now).reduce((sum, isIn, account) => sum + (isIn & scope.bits[account]!), 0)
      },
    }),
  }),
})

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

const SegmentRuleInput = builder.inputRef<RuleInput>('SegmentRuleInput').implement({
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

const SaveSegmentInput = builder.inputType('SaveSegmentInput', {
  description: 'A segment to save.',
  fields: (t) => ({
    id: t.id({ description: 'Global id of the one that is changed; a new one when missing.' }),
    name: t.string({ required: true, description: 'Its name: 1 to 100 characters, unlike that of any other.' }),
    rule: t.field({ type: SegmentRuleInput, required: true, description: 'Which accounts belong to it.' }),
  }),
})

builder.queryField('segments', (t) =>
  t.field({
    type: [Segment],
    description: 'Saved segments, by name. Not for account viewers.',
    args: { asOf: t.arg(asOfArg) },
    complexity: { field: 5, multiplier: 20 },
    resolve: async (_root, { asOf }, context) => {
      refuseToAccounts('segments', context)
      return (await context.loaders.segments.load({ asOf })).map((segment): Shape => ({ ...segment, asOf }))
    },
  }),
)

builder.mutationFields((t) => ({
  saveSegment: t.field({
    type: Segment,
    description: 'Saves a segment. With an admin key; asOf an earlier instant still answers with what it was then.',
    authScopes: { scope: 'admin' },
    args: { input: t.arg({ type: SaveSegmentInput, required: true }) },
    complexity: 50,
    resolve: (_root, { input: { id, name, rule } }, context) =>
      changed(context, () =>
        saveSegment(context.db, tenantOf(context), {
          id: id == null ? undefined : localId('Segment', id, 'input.id'),
          name,
          rule: withLocalIds(rule, 'input.rule'),
        }),
      ),
  }),
  deleteSegment: t.field({
    type: Segment,
    description: 'Takes a segment away and answers with what it was. With an admin key.',
    authScopes: { scope: 'admin' },
    args: { id: t.arg.id({ required: true, description: 'Global id.' }) },
    complexity: 50,
    resolve: (_root, { id }, context) =>
      changed(context, () => deleteSegment(context.db, tenantOf(context), localId('Segment', id, 'id'))),
  }),
}))

const tenantOf = ({ principal: { tenantId }, now }: Context) => ({ tenantId, now })

async function changed(context: Context, change: () => Promise<Saved>): Promise<Saved> {
  const saved = await change()
  context.loaders.segments.clearAll()
  return saved
}

const ID_FIELDS = { accountIds: 'Account', planId: 'Plan', productId: 'Product' } as const

function withLocalIds(rule: RuleInput, field: string): RuleInput {
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

function withGlobalIds(rule: SegmentRule): object {
  if ('all' in rule) return { all: rule.all.map(withGlobalIds) }
  if ('any' in rule) return { any: rule.any.map(withGlobalIds) }
  if ('not' in rule) return { not: withGlobalIds(rule.not) }
  if ('accountIds' in rule) return { accountIds: rule.accountIds.map((id) => globalId('Account', id)) }
  if ('planId' in rule) return { planId: rule.planId.map((id) => globalId('Plan', id)) }
  if ('productId' in rule) return { productId: rule.productId.map((id) => globalId('Product', id)) }
  return rule
}
