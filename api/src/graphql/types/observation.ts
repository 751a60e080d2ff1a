import { OBSERVATION_KINDS } from '../../ingest/event.ts'
import { builder } from '../builder.ts'
import { globalId } from '../ids.ts'
import type { ObservationRow } from '../observation-loader.ts'
import { edgesOf, forwardPage, pageCost, totalCountOf } from '../page.ts'
import { isLimited } from '../viewer.ts'
import { Account } from './account.ts'
import { Money } from './money.ts'

const ObservationKind = builder.enumType('ObservationKind', {
  description: 'What a fact beside revenue is about.',
  values: OBSERVATION_KINDS,
})

const Observation = builder.objectRef<ObservationRow>('Observation').implement({
  description: 'A fact beside revenue that a source told of an account.',
  fields: (t) => ({
    id: t.id({
      description: 'Global id.',
      resolve: ({ source, kind, externalId }) => globalId('Observation', JSON.stringify([source, kind, externalId])),
    }),
    kind: t.field({ type: ObservationKind, description: 'What it is about.', resolve: ({ kind }) => kind }),
    source: t.exposeString('source', { description: 'Who told it.' }),
    day: t.field({ type: 'Date', description: 'The day it is of.', resolve: ({ day }) => day }),
    name: t.exposeString('name', { description: 'What it is of: a feature, a metric, a person, a subject.' }),
    quantity: t.exposeString('quantity', {
      nullable: true,
      description: 'How much, as an exact decimal; null for what is not counted.',
    }),
    amount: t.field({
      type: Money,
      nullable: true,
      description: 'Money it is about; null where there is none.',
      resolve: ({ amountMinor, currency }) =>
        amountMinor === null || currency === null ? null : { minor: amountMinor, currency },
    }),
    attributes: t.field({
      type: 'JSONObject',
      description: 'What else the source said of it.',
      resolve: ({ attributes }) => attributes,
    }),
  }),
})

const ObservationConnection = builder.connectionObject(
  {
    type: Observation,
    name: 'ObservationConnection',
    description: 'A page of observations.',
    fields: (t) => ({
      totalCount: t.field({
        type: 'Int',
        description: 'Observations in the whole list.',
        resolve: totalCountOf,
      }),
    }),
  },
  { name: 'ObservationEdge', description: 'An observation in a list.' },
)

builder.objectFields(Account, (t) => ({
  observations: t.field({
    type: ObservationConnection,
    description: 'Facts beside revenue, newest first; empty for a viewer of some accounts.',
    args: {
      kind: t.arg({ type: ObservationKind, description: 'Of this kind only.' }),
      first: t.arg.int({ description: 'Rows of the page.' }),
      after: t.arg.string({ description: 'Cursor of the row before the page.' }),
    },
    complexity: (args) => pageCost(args),
    resolve: async ({ id }, { kind, ...args }, { principal, loaders }) => {
      const { offset, limit } = forwardPage(args, principal)
      if (isLimited(principal)) return edgesOf({ items: [], total: 0 }, offset)
      const page = await loaders.observations.load({ accountId: id, kind: kind ?? null, offset, limit })
      return edgesOf(page, offset)
    },
  }),
}))
