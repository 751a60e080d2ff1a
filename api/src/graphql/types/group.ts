import { groupLabels } from '../../metrics/labels.ts'
import type { MetricGroup as Group, GroupKey as Key } from '../../metrics/result.ts'
import { builder } from '../builder.ts'
import { keyValue, labelOf } from '../dimensions.ts'
import { AttributeTime } from './fact-where.ts'
import { MetricValue } from './metric-value.ts'
import { LocalizedText } from './text.ts'
import { DimensionKind } from './vocabulary.ts'

export const DimensionInput = builder.inputType('DimensionInput', {
  description: 'What to part an answer by.',
  fields: (t) => ({
    kind: t.field({ type: DimensionKind, required: true, description: 'Of what sort.' }),
    key: t.string({ description: 'Name of the attribute, for ATTRIBUTE.' }),
    at: t.field({ type: AttributeTime, description: 'Of ATTRIBUTE: now, unless it says THEN.' }),
  }),
})

const GroupKey = builder.objectRef<Key>('GroupKey').implement({
  description: 'A value of one of the dimensions.',
  fields: (t) => ({
    dimension: t.expose('dimension', { type: DimensionKind, description: 'Which dimension.' }),
    attribute: t.exposeString('attribute', { nullable: true, description: 'Of ATTRIBUTE, which; null otherwise.' }),
    value: t.string({
      nullable: true,
      description:
        'As filters take it: a global id of a plan, product, parent or segment, a first day of a month, a text; null where it is not set.',
      resolve: keyValue,
    }),
    label: t.field({
      type: LocalizedText,
      description: 'What to call it.',
      resolve: (key, _args, context) => labelOf(key, context),
    }),
  }),
})

export const MetricGroup = builder.objectRef<Group>('MetricGroup').implement({
  description: 'A metric of one part of the whole.',
  fields: (t) => ({
    keys: t.field({
      type: [GroupKey],
      description: 'What it is a part by, one for each dimension; of the rest, only its strategy.',
      resolve: ({ keys }) => [...keys],
    }),
    label: t.field({
      type: LocalizedText,
      description: 'What to call it.',
      resolve: async ({ keys, isRest }, _args, context) => {
        const labels = await Promise.all(keys.map((key) => labelOf(key, context)))
        const all = isRest ? [groupLabels.rest, ...labels] : labels
        return { en: all.map(({ en }) => en).join(' · '), ja: all.map(({ ja }) => ja).join('・') }
      },
    }),
    isRest: t.exposeBoolean('isRest', { description: 'What is left beside the groups that are told apart.' }),
    values: t.expose('values', { type: [MetricValue], description: 'One value per bucket, oldest first.' }),
    total: t.expose('total', {
      type: MetricValue,
      nullable: true,
      description: 'Recomputed over the whole range, never summed from ratios. Null for an empty range.',
    }),
  }),
})
