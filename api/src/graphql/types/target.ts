import { firstDayOf, monthOf } from '../../facts/month.ts'
import { definitions, type MetricKey as Key } from '../../metrics/registry.ts'
import { type Target as Shape, setTarget } from '../../targets/targets.ts'
import { builder } from '../builder.ts'
import { firstOfMonth } from '../fact-args.ts'
import { refuseToAccounts } from '../fact-where.ts'
import { MetricDefinition } from './definition.ts'
import { MetricKey } from './vocabulary.ts'

const Target = builder.objectRef<Shape>('Target').implement({
  description: 'What the tenant wants a metric to be, from a month on.',
  fields: (t) => ({
    metric: t.field({
      type: MetricDefinition,
      description: 'The metric.',
      resolve: ({ metric }) => definitions([metric as Key])[0]!, // setTarget took a registered one
    }),
    from: t.field({
      type: 'Date',
      description: 'First day of the first month in which it holds.',
      resolve: ({ from }) => firstDayOf(monthOf(`${from}-01`)),
    }),
    value: t.expose('value', {
      type: 'Decimal',
      nullable: true,
      description: "Ratios as 1.1, money in major units of the tenant's currency; null ends it.",
    }),
    setAt: t.expose('setAt', { type: 'DateTime', description: 'When somebody said so.' }),
  }),
})

builder.queryField('targets', (t) =>
  t.field({
    type: [Target],
    description: 'Targets that hold or held, by metric and month. Not for viewers of some accounts.',
    complexity: { field: 2, multiplier: 10 },
    resolve: (_root, _args, context) => {
      refuseToAccounts('targets', context)
      return context.loaders.targets.load({})
    },
  }),
)

builder.mutationField('setTarget', (t) =>
  t.field({
    type: [Target],
    description:
      'Sets what a metric shall be from a month on, or with a null value that nothing is wanted of it; answers with all targets. With an admin key; asOf an earlier instant still answers with what was wanted then.',
    authScopes: { scope: 'admin' },
    args: {
      metric: t.arg({ type: MetricKey, required: true }),
      from: t.arg({ type: 'Date', required: true, description: 'First day of a month.' }),
      value: t.arg({ type: 'Decimal', description: "In the metric's own unit: 1.1 is 110 %. Null ends the target." }),
    },
    complexity: 20,
    resolve: async (_root, { metric, from, value }, { db, principal: { tenantId }, now, loaders }) => {
      const month = firstDayOf(firstOfMonth(from, 'from')).slice(0, 7)
      const all = await setTarget(db, { tenantId, now }, { metric, from: month, value: value ?? null })
      loaders.targets.clearAll()
      return all
    },
  }),
)
