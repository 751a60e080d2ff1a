import { issuerOf } from '../../access/principal.ts'
import {
  listSessions,
  type MintedSession,
  mintSession,
  type Revocation,
  revokeSessions,
  type SessionRecord,
} from '../../access/sessions.ts'
import { partnerOf } from '../../access/viewer.ts'
import { ExpectedError } from '../../shared/errors.ts'
import { builder } from '../builder.ts'
import { changeBy } from '../change-by.ts'
import { globalId } from '../ids.ts'
import { ownIds, withOwnIds } from '../own-ids.ts'
import { SegmentRuleInput, withGlobalIds } from './segment-rule.ts'
import { ViewerKind } from './vocabulary.ts'

const CreateEmbedSessionInput = builder.inputType('CreateEmbedSessionInput', {
  description: 'What a browser session is minted for.',
  fields: (t) => ({
    viewer: t.field({
      type: ViewerKind,
      required: true,
      description: 'Whose eyes: the tenant, accounts of saved segments, accounts by name, or a partner.',
    }),
    accountIds: t.stringList({
      description: 'For an ACCOUNT viewer: ids as in viewer.accountIds, or as the source knows them.',
    }),
    segmentIds: t.idList({
      description:
        'For a SEGMENT viewer: global ids of saved segments, whose accounts are seen as they are at the instant of a question. A segment that is deleted shows nothing more.',
    }),
    partner: t.string({
      description: "For a PARTNER viewer: whose shared accounts are seen; a partner's key need not say it.",
    }),
    filters: t.field({
      type: SegmentRuleInput,
      description:
        'Accounts that do not meet it are never seen, whatever is asked for. A TENANT viewer with filters is a SEGMENT viewer of a segment that nobody saved.',
    }),
    capabilities: t.stringList({ description: 'What it may be used for; everything when missing.' }),
    origins: t.stringList({
      required: true,
      description: 'Origins of the pages that may use it, e.g. https://app.example.com.',
    }),
    ttlSeconds: t.int({ description: 'Seconds it lives: 900 when missing, at most 3600.' }),
  }),
})

const CreateEmbedSessionPayload = builder.objectRef<MintedSession>('CreateEmbedSessionPayload').implement({
  description: 'A new session; its token is shown once.',
  fields: (t) => ({
    token: t.exposeString('token', { description: 'Give it to the browser, which sends it as a bearer token.' }),
    sessionId: t.exposeString('sessionId', { description: 'Handle for revocation.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'When it ends.' }),
    serverTime: t.expose('serverTime', {
      type: 'DateTime',
      description: "The server's clock, so that a browser can tell how much time is left.",
    }),
  }),
})

const EmbedSession = builder.objectRef<SessionRecord>('EmbedSession').implement({
  description: 'A browser session that is live, without its secret.',
  fields: (t) => ({
    id: t.exposeString('id', { description: 'Handle for revocation.' }),
    keyId: t.exposeString('keyId', { description: 'Key that minted it; cli from the command line.' }),
    viewer: t.expose('viewer', { type: ViewerKind, description: 'Whose eyes.' }),
    accountIds: t.exposeStringList('accountIds', {
      description: 'Accounts that an ACCOUNT viewer is limited to; empty for any other.',
    }),
    segmentIds: t.idList({
      description: 'Global ids of the segments it is limited to; empty where it is not saved segments that limit.',
      resolve: ({ segmentIds }) => segmentIds.map((id) => globalId('Segment', id)),
    }),
    partner: t.exposeString('partner', {
      nullable: true,
      description: 'The partner whose shared accounts are all that it sees; null where no partner limits.',
    }),
    filters: t.field({
      type: 'JSONObject',
      nullable: true,
      description: 'What every account that is seen has to meet, as saveSegment takes it; null without.',
      resolve: ({ filters }) => filters && withGlobalIds(filters),
    }),
    capabilities: t.exposeStringList('capabilities', { description: 'What it may be used for.' }),
    origins: t.exposeStringList('origins', { description: 'Pages that may use it.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was minted.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'When it ends by itself.' }),
  }),
})

builder.queryField('embedSessions', (t) =>
  t.field({
    type: [EmbedSession],
    description:
      "Live sessions, the oldest first, at most 500; with a partner's key, the partner's. With an embed:create key.",
    authScopes: { scope: 'embed:create' },
    complexity: { field: 10, multiplier: 50 },
    resolve: (_root, _args, { db, principal, now }) =>
      listSessions(db, principal.tenantId, now, partnerOf(principal.viewer)),
  }),
)

const RevokeEmbedSessionsInput = builder.inputType('RevokeEmbedSessionsInput', {
  description: 'Which sessions to end: give exactly one field.',
  fields: (t) => ({
    sessionId: t.string({ description: 'This one.' }),
    accountId: t.string({ description: 'Those limited to this account.' }),
    segmentId: t.id({ description: "Those for this saved segment, which are the vendor's own." }),
    all: t.boolean({ description: "All of the tenant; with a partner's key, all of the partner." }),
  }),
})

const RevokeEmbedSessionsPayload = builder.objectRef<{ revoked: number }>('RevokeEmbedSessionsPayload').implement({
  description: 'What was revoked.',
  fields: (t) => ({ revoked: t.exposeInt('revoked', { description: 'Sessions that were live and are no more.' }) }),
})

builder.mutationFields((t) => ({
  createEmbedSession: t.field({
    type: CreateEmbedSessionPayload,
    description: 'Mints a session for a browser; server to server, with an embed:create key.',
    authScopes: { scope: 'embed:create' },
    args: { input: t.arg({ type: CreateEmbedSessionInput, required: true }) },
    complexity: 10,
    resolve: (_root, { input }, { db, principal, now }) => mintSession(db, issuerOf(principal), withOwnIds(input), now),
  }),
  revokeEmbedSessions: t.field({
    type: RevokeEmbedSessionsPayload,
    description: 'Ends sessions before their time; they stop working within 10 seconds.',
    authScopes: { scope: 'embed:create' },
    args: { input: t.arg({ type: RevokeEmbedSessionsInput, required: true }) },
    complexity: 10,
    resolve: async (_root, { input }, context) => ({
      revoked: await revokeSessions(
        context.db,
        changeBy(context),
        revocationOf(input),
        partnerOf(context.principal.viewer),
      ),
    }),
  }),
}))

type RevocationInput = {
  sessionId?: string | null | undefined
  accountId?: string | null | undefined
  segmentId?: string | number | null | undefined
  all?: boolean | null | undefined
}

function revocationOf({ sessionId, accountId, segmentId, all }: RevocationInput): Revocation {
  const [which, ...others]: Revocation[] = [
    ...(sessionId != null ? [{ sessionId }] : []),
    ...(accountId != null ? ownIds([accountId], 'Account').map((own) => ({ accountId: own })) : []),
    ...(segmentId != null ? ownIds([String(segmentId)], 'Segment').map((own) => ({ segmentId: own })) : []),
    ...(all === true ? [{ all }] : []),
  ]
  if (which && others.length === 0) return which
  throw new ExpectedError(
    'INVALID_INPUT',
    'input names exactly one of sessionId, accountId, segmentId and all: true.',
    'input',
  )
}
