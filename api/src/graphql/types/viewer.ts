import { CAPABILITIES } from '../../access/capabilities.ts'
import { hasCapability, type Principal } from '../../access/principal.ts'
import { type Limit, partnerOf } from '../../access/viewer.ts'
import { firstDayOf } from '../../facts/month.ts'
import { firstRevenueMonth } from '../../metrics/default-range.ts'
import { builder } from '../builder.ts'
import { globalId } from '../ids.ts'
import { ViewerKind } from './vocabulary.ts'

const Tenant = builder.prismaObject('Tenant', {
  description: 'The SaaS company whose revenue this is.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Its short name, e.g. for commands.' }),
    name: t.exposeString('name', { description: 'Its name.' }),
    currency: t.expose('currency', { type: 'CurrencyCode', description: 'Currency it reports in.' }),
    fiscalYearStart: t.exposeInt('fiscalYearStart', {
      description: 'Month with which its fiscal years begin, 1 to 12: how the buckets QUARTER and YEAR are cut.',
    }),
    timeZone: t.exposeString('timeZone', { description: 'Time zone whose months count, e.g. Asia/Tokyo.' }),
  }),
})

const Viewer = builder.objectRef<Principal>('Viewer').implement({
  description: 'Who is asking, and what they may see.',
  fields: (t) => ({
    kind: t.field({
      type: ViewerKind,
      description: 'Whose eyes these are.',
      resolve: ({ viewer }) => viewer.kind,
    }),
    tenant: t.prismaField({
      type: Tenant,
      description: 'The tenant asked about.',
      resolve: (query, { tenantId }, _args, { prisma }) =>
        prisma.tenant.findUniqueOrThrow({ ...query, where: { id: tenantId } }),
    }),
    accountIds: t.stringList({
      nullable: true,
      description: 'Account ids an ACCOUNT viewer is limited to; null for any other viewer.',
      resolve: (principal) => limitOf(principal, 'accountIds')?.accountIds.slice(),
    }),
    segmentIds: t.idList({
      nullable: true,
      description:
        'Global ids of the segments whose accounts are seen; null where it is not saved segments that limit.',
      resolve: (principal) => limitOf(principal, 'segmentIds')?.segmentIds.map((id) => globalId('Segment', id)),
    }),
    partner: t.string({
      nullable: true,
      description: 'The partner whose shared accounts are all that is seen; null where no partner limits.',
      resolve: ({ viewer }) => partnerOf(viewer),
    }),
    isFiltered: t.boolean({
      description: 'Whether filters of the session narrow what is seen, whatever is asked for.',
      resolve: (principal) => limitOf(principal, 'rule') !== undefined,
    }),
    capabilities: t.stringList({
      description: 'What may be used: nrr, waterfall, seats, explain, accounts, export, costs.',
      resolve: (principal) => CAPABILITIES.filter((capability) => hasCapability(principal, capability)),
    }),
    scopes: t.stringList({
      description: 'What the credential allows: read, ingest, embed:create, admin.',
      resolve: (principal) => (principal.kind === 'KEY' ? [...principal.scopes] : ['read']),
    }),
    version: t.field({
      type: 'BigInt',
      description: 'Ledger version that answers right now.',
      resolve: async (_principal, _args, context) => (await context.facts()).store.version,
    }),
    dataThrough: t.field({
      type: 'Date',
      nullable: true,
      description: 'Last day every source is complete through; null while nothing has been ingested.',
      resolve: async (_principal, _args, context) => (await context.facts()).store.dataThrough,
    }),
    firstMonth: t.field({
      type: 'Date',
      nullable: true,
      description: 'First month with revenue; null while there is none.',
      resolve: async (_principal, _args, context) => {
        const { store, scope } = await context.facts()
        const month = firstRevenueMonth(store, scope)
        return month === null ? null : firstDayOf(month)
      },
    }),
  }),
})

type Of<Key extends string> = Extract<Limit, Record<Key, unknown>>

function limitOf<Key extends 'accountIds' | 'segmentIds' | 'rule'>({ viewer }: Principal, key: Key) {
  return viewer.limits.find((limit): limit is Of<Key> => key in limit)
}

builder.queryField('viewer', (t) =>
  t.field({ type: Viewer, description: 'Who is asking.', resolve: (_root, _args, { principal }) => principal }),
)
