import { createKey, type KeyRecord, listKeys, revokeKey, rotateKey } from '../../access/keys.ts'
import { KEY_SCOPES, PARTNER_SCOPES } from '../../access/principal.ts'
import { builder } from '../builder.ts'
import { changeBy } from '../change-by.ts'

const ApiKey = builder.objectRef<KeyRecord>('ApiKey').implement({
  description: "A long-lived credential of the vendor's servers, without its secret.",
  fields: (t) => ({
    id: t.exposeString('id', { description: 'Handle for rotation and revocation.' }),
    name: t.exposeString('name', { description: 'What it is for.' }),
    lastFour: t.exposeString('lastFour', { description: 'Last four characters of its text, to tell it from others.' }),
    scopes: t.exposeStringList('scopes', { description: `What it may do: ${KEY_SCOPES.join(', ')}.` }),
    partner: t.exposeString('partner', {
      nullable: true,
      description: "Partner whose key it is: it sees the accounts that are shared with it. Null for the vendor's own.",
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it ends; null for never.',
    }),
    revokedAt: t.expose('revokedAt', { type: 'DateTime', nullable: true, description: 'When it was revoked.' }),
    lastUsedAt: t.expose('lastUsedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Its last use, to the minute; null for a key that was never used.',
    }),
  }),
})

const NewApiKey = builder.objectRef<{ id: string; token: string }>('NewApiKey').implement({
  description: 'A key that was just made. Only its hash is stored: this is the one time that it is shown.',
  fields: (t) => ({
    id: t.exposeString('id', { description: 'Handle for rotation and revocation.' }),
    token: t.exposeString('token', { description: 'Sent as a bearer token.' }),
  }),
})

builder.queryField('apiKeys', (t) =>
  t.field({
    type: [ApiKey],
    description: 'Every key, the oldest first, those that have ended too. With an admin key.',
    authScopes: { scope: 'admin' },
    complexity: { field: 10, multiplier: 10 },
    resolve: (_root, _args, { db, principal }) => listKeys(db, principal.tenantId),
  }),
)

const CreateApiKeyInput = builder.inputType('CreateApiKeyInput', {
  description: 'What a key is made for.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'What it is for, in 1 to 100 characters.' }),
    scopes: t.stringList({ required: true, description: `At least one of ${KEY_SCOPES.join(', ')}.` }),
    partner: t.string({
      description: `Partner whose key it is, 1 to 100 characters: it sees what shareAccounts shares with it, and may have ${PARTNER_SCOPES.join(' and ')}.`,
    }),
    expiresAt: t.field({ type: 'DateTime', description: 'When it ends; never when missing.' }),
  }),
})

builder.mutationFields((t) => ({
  createApiKey: t.field({
    type: NewApiKey,
    description: 'Makes a key. With an admin key.',
    authScopes: { scope: 'admin' },
    args: { input: t.arg({ type: CreateApiKeyInput, required: true }) },
    complexity: 10,
    resolve: (_root, { input }, context) => createKey(context.db, { ...input, ...changeBy(context) }),
  }),
  rotateApiKey: t.field({
    type: NewApiKey,
    description: 'Makes a key like another, which ends after the overlap: until then both work. With an admin key.',
    authScopes: { scope: 'admin' },
    args: {
      id: t.arg.string({ required: true }),
      overlapHours: t.arg.int({ defaultValue: 24, description: 'Hours until it ends, at most 168.' }),
    },
    complexity: 10,
    resolve: (_root, { id, overlapHours }, context) =>
      rotateKey(context.db, { id, overlapHours: overlapHours ?? 24, ...changeBy(context) }),
  }),
  revokeApiKey: t.field({
    type: 'String',
    description:
      'Ends a key before its time, and answers with its id; it stops working within 10 seconds. With an admin key.',
    authScopes: { scope: 'admin' },
    args: { id: t.arg.string({ required: true }) },
    complexity: 10,
    resolve: async (_root, { id }, context) => {
      await revokeKey(context.db, { id, ...changeBy(context) })
      return id
    },
  }),
}))
