import type { CorrectionRecord } from '../../corrections/list-corrections.ts'
import type { CORRECTION_KINDS } from '../../ingest/people/correction.ts'
import { builder } from '../builder.ts'
import { connection, pageCost, totalCountOf } from '../page.ts'
import { Account, accountOf } from './account.ts'

const CorrectionKind = builder.enumType('CorrectionKind', {
  description: 'What a person decided.',
  values: {
    EXCLUDE_ACCOUNT: { description: 'An account does not count.' },
    CONNECT_SUBSCRIPTIONS: { description: 'One subscription replaced another.' },
    MERGE_ACCOUNTS: { description: 'One account is part of another.' },
    RECLASSIFY_MOVEMENT: { description: 'Parts of a movement are of another strategy.' },
    MAP_CATALOG: { description: 'Prices stand where the person says.' },
  } satisfies Record<(typeof CORRECTION_KINDS)[number], object>,
})

const CorrectionUndo = builder.objectRef<NonNullable<CorrectionRecord['undone']>>('CorrectionUndo').implement({
  description: 'That a correction was taken back.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id of the undo.' }),
    at: t.expose('at', { type: 'DateTime', description: 'When.' }),
    by: t.exposeString('by', { description: 'By whom, as in Correction.by.' }),
    reason: t.exposeString('reason', { description: 'Why.' }),
  }),
})

export const Correction = builder.objectRef<CorrectionRecord>('Correction').implement({
  description:
    "A person's decision about data. It is an event like any other: kept, replayed, and taken back by an undo.",
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Its id, for undoCorrection.' }),
    kind: t.expose('kind', { type: CorrectionKind, description: 'What was decided.' }),
    at: t.expose('at', { type: 'DateTime', description: 'When.' }),
    by: t.exposeString('by', { description: 'Who: "key:" and the id of an API key, or "terminal:" and a user.' }),
    reason: t.exposeString('reason', { description: 'Why.' }),
    accounts: t.field({
      type: [Account],
      description: 'Accounts whose lines it may move; empty for a mapping, which moves those of any account.',
      complexity: { field: 1, multiplier: 2 },
      resolve: ({ accounts }, _args, context) => Promise.all(accounts.map((id) => accountOf(id, context))),
    }),
    details: t.field({
      type: 'JSONObject',
      description: 'The decision in full, with the ids it names.',
      resolve: ({ what: { kind: _, ...details } }) => details,
    }),
    undone: t.expose('undone', {
      type: CorrectionUndo,
      nullable: true,
      description: 'That it was taken back; null while it stands.',
    }),
  }),
})

const CorrectionConnection = builder.connectionObject(
  {
    type: Correction,
    name: 'CorrectionConnection',
    description: 'A page of corrections.',
    fields: (t) => ({
      totalCount: t.field({
        type: 'Int',
        description: 'Corrections in the whole list.',
        resolve: totalCountOf,
      }),
    }),
  },
  { name: 'CorrectionEdge', description: 'A correction in a list.' },
)

builder.queryField('corrections', (t) =>
  t.field({
    type: CorrectionConnection,
    description: 'What people have corrected, newest first, what was undone too; with an admin key.',
    authScopes: { scope: 'admin' },
    args: t.arg.connectionArgs(),
    complexity: pageCost,
    resolve: async (_root, page, { loaders, principal }) => {
      const all = await loaders.corrections.load(principal.tenantId)
      return connection(page, principal, ({ offset, limit }) => ({
        items: all.slice(offset, offset + limit),
        total: all.length,
      }))
    },
  }),
)

builder.objectField(Account, 'corrections', (t) =>
  t.field({
    type: [Correction],
    description: 'What people have corrected about it, newest first; empty for a viewer of some accounts.',
    complexity: { field: 1, multiplier: 3 },
    resolve: async ({ id, tenantId }, _args, { loaders }) =>
      (await loaders.corrections.load(tenantId)).filter(({ accounts }) => accounts.includes(id)),
  }),
)
