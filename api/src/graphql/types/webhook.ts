import { EVENT_TYPES } from '../../outbox/event-types.ts'
import { type Delivery, readDeliveries, replay } from '../../webhooks/deliveries.ts'
import {
  createEndpoint,
  deleteEndpoint,
  type Endpoint,
  enableEndpoint,
  listEndpoints,
  rotateSecret,
  testEndpoint,
} from '../../webhooks/endpoints.ts'
import { builder } from '../builder.ts'
import { changeBy } from '../change-by.ts'
import { edgesOf, forwardPage, pageCost, totalCountOf } from '../page.ts'

const names = EVENT_TYPES.join(', ')

const Webhook = builder.objectRef<Endpoint>('Webhook').implement({
  description: 'Where events of the tenant are sent, without its secret.',
  fields: (t) => ({
    id: t.exposeString('id', { description: 'Its handle.' }),
    url: t.exposeString('url', { description: 'Address that is posted to.' }),
    events: t.exposeStringList('events', { description: `What it listens to: ${names}.` }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    previousSecretUntil: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Until when deliveries are signed with the secret before, too; null where it was never rotated.',
      resolve: ({ previousUntil }) => previousUntil,
    }),
    failingSince: t.expose('failingSince', {
      type: 'DateTime',
      nullable: true,
      description: 'When attempts began to fail; null after one that arrived.',
    }),
    disabledAt: t.expose('disabledAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Since when nothing is sent to it; null while it is in use.',
    }),
    disabledBecause: t.exposeString('disabledBecause', { nullable: true, description: 'Why it was disabled.' }),
    pending: t.exposeInt('pending', { description: 'Deliveries that wait.' }),
    dead: t.exposeInt('dead', { description: 'Deliveries that were given up, of the last 30 days.' }),
  }),
})

const WebhookSecret = builder.objectRef<{ id: string; secret: string }>('WebhookSecret').implement({
  description: 'A secret that was just made. It lies sealed from now on: this is the one time that it is shown.',
  fields: (t) => ({
    id: t.exposeString('id', { description: 'Handle of the endpoint.' }),
    secret: t.exposeString('secret', { description: 'whsec_ and base64, as libraries of Standard Webhooks take it.' }),
  }),
})

const WebhookDeliveryState = builder.enumType('WebhookDeliveryState', {
  description: 'How far a delivery is.',
  values: {
    PENDING: { description: 'It is sent now, or tried again at nextAttemptAt.' },
    DELIVERED: { description: 'The receiver answered with 2xx.' },
    DEAD: { description: 'It was given up, until somebody replays it.' },
  } satisfies Record<Delivery['state'], object>,
})

const WebhookDelivery = builder.objectRef<Delivery>('WebhookDelivery').implement({
  description: 'An event on its way to an endpoint.',
  fields: (t) => ({
    webhookId: t.string({ description: 'Handle of the endpoint.', resolve: ({ endpointId }) => endpointId }),
    eventId: t.exposeString('eventId', {
      description: 'Id of the event, as in webhook-id: the same at every attempt.',
    }),
    type: t.exposeString('type', { description: 'What happened.' }),
    at: t.expose('at', { type: 'DateTime', description: 'When it happened.' }),
    state: t.expose('state', { type: WebhookDeliveryState, description: 'How far it is.' }),
    attempts: t.exposeInt('attempts', { description: 'Attempts since it began or was replayed.' }),
    nextAttemptAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it is tried next; null unless it is pending.',
      resolve: ({ state, nextAt }) => (state === 'PENDING' ? nextAt : null),
    }),
    status: t.exposeInt('status', { nullable: true, description: 'HTTP status of the last answer; null without one.' }),
    problem: t.exposeString('problem', {
      nullable: true,
      description: 'Why the last attempt failed; null where none did.',
    }),
    endedAt: t.expose('endedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it arrived or was given up; null while it is pending.',
    }),
  }),
})

const WebhookDeliveryConnection = builder.connectionObject(
  {
    type: WebhookDelivery,
    name: 'WebhookDeliveryConnection',
    description: 'A page of deliveries.',
    fields: (t) => ({ totalCount: t.int({ description: 'Deliveries in the whole list.', resolve: totalCountOf }) }),
  },
  { name: 'WebhookDeliveryEdge', description: 'A delivery in a list.' },
)

builder.queryFields((t) => ({
  webhooks: t.field({
    type: [Webhook],
    description: 'Where events are sent, the oldest first. With an admin key.',
    authScopes: { scope: 'admin' },
    complexity: { field: 10, multiplier: 10 },
    resolve: (_root, _args, { db, principal }) => listEndpoints(db, principal.tenantId),
  }),
  webhookDeliveries: t.field({
    type: WebhookDeliveryConnection,
    description: 'Deliveries of the last 30 days, those of the newest events first. With an admin key.',
    authScopes: { scope: 'admin' },
    args: {
      webhookId: t.arg.string({ description: 'Of this endpoint; of all when missing.' }),
      state: t.arg({ type: WebhookDeliveryState, description: 'In this state; in any when missing.' }),
      first: t.arg.int({ description: 'Deliveries: up to 500; 50 when missing.' }),
      after: t.arg.string({ description: 'Cursor after which the page starts.' }),
    },
    complexity: (args) => ({ field: 1, multiplier: pageCost(args).multiplier }),
    resolve: async (_root, { webhookId, state, ...args }, { db, principal }) => {
      const page = forwardPage(args, principal)
      const filter = { endpointId: webhookId ?? undefined, state: state ?? undefined }
      return edgesOf(await readDeliveries(db, principal.tenantId, filter, page), page.offset)
    },
  }),
}))

const CreateWebhookInput = builder.inputType('CreateWebhookInput', {
  description: 'Where to send what.',
  fields: (t) => ({
    url: t.string({ required: true, description: 'An address of https, e.g. https://example.com/webhooks.' }),
    events: t.stringList({ required: true, description: `At least one of ${names}.` }),
  }),
})

builder.mutationFields((t) => ({
  createWebhook: t.field({
    type: WebhookSecret,
    description: 'Sends events to an address from now on. With an admin key.',
    authScopes: { scope: 'admin' },
    args: { input: t.arg({ type: CreateWebhookInput, required: true }) },
    complexity: 10,
    resolve: (_root, { input }, context) => createEndpoint(context.db, changeBy(context), input, context.webhooks),
  }),
  rotateWebhookSecret: t.field({
    type: WebhookSecret,
    description:
      'Gives an endpoint another secret; until the overlap is over, deliveries are signed with both. With an admin key.',
    authScopes: { scope: 'admin' },
    args: {
      id: t.arg.string({ required: true }),
      overlapHours: t.arg.int({ defaultValue: 24, description: 'Hours until the one before ends, at most 168.' }),
    },
    complexity: 10,
    resolve: (_root, { id, overlapHours }, context) =>
      rotateSecret(context.db, changeBy(context), { id, overlapHours: overlapHours ?? 24 }, context.webhooks),
  }),
  deleteWebhook: t.field({
    type: 'String',
    description:
      'Sends nothing more to an endpoint, forgets its deliveries, and answers with its id. With an admin key.',
    authScopes: { scope: 'admin' },
    args: { id: t.arg.string({ required: true }) },
    complexity: 10,
    resolve: async (_root, { id }, context) => {
      await deleteEndpoint(context.db, changeBy(context), id)
      return id
    },
  }),
  enableWebhook: t.field({
    type: Webhook,
    description: 'Begins to send again to an endpoint that was disabled. With an admin key.',
    authScopes: { scope: 'admin' },
    args: { id: t.arg.string({ required: true }) },
    complexity: 10,
    resolve: (_root, { id }, context) => enableEndpoint(context.db, changeBy(context), id),
  }),
  testWebhook: t.field({
    type: 'String',
    description: 'Sends a test event to an endpoint, and answers with its id. With an admin key.',
    authScopes: { scope: 'admin' },
    args: { id: t.arg.string({ required: true }) },
    complexity: 10,
    resolve: (_root, { id }, context) => testEndpoint(context.db, changeBy(context), id),
  }),
  replayWebhook: t.field({
    type: 'Int',
    description:
      'Sends dead deliveries of an endpoint anew, under the ids that they had, and answers with how many. With an admin key.',
    authScopes: { scope: 'admin' },
    args: {
      id: t.arg.string({ required: true, description: 'Handle of the endpoint.' }),
      eventId: t.arg.string({ description: 'The delivery of this event alone; all that are dead when missing.' }),
    },
    complexity: 10,
    resolve: (_root, { id, eventId }, context) =>
      replay(context.db, changeBy(context), { endpointId: id, eventId: eventId ?? undefined }),
  }),
}))
