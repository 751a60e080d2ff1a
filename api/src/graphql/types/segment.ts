import { membersOf } from '../../segments/members.ts'
import type { Segment as Saved } from '../../segments/read-segments.ts'
import { deleteSegment, saveSegment } from '../../segments/save-segment.ts'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { refuseToAccounts } from '../fact-where.ts'
import { globalId, localId } from '../ids.ts'
import { asOfArg } from './as-of.ts'
import { SegmentRuleInput, withGlobalIds, withLocalIds } from './segment-rule.ts'

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
    description: 'Saved segments, by name. Not for viewers of some accounts.',
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
