import type { Database } from '@nobishiro/prisma'
import { Command } from 'commander'
import type { Change } from '../access/audit.ts'
import { LONGEST_OVERLAP_HOURS } from '../access/keys.ts'
import { EVENT_TYPES } from '../outbox/event-types.ts'
import { readSecret } from '../secret.ts'
import { type Delivery, readDeliveries, replay } from '../webhooks/deliveries.ts'
import {
  createEndpoint,
  deleteEndpoint,
  enableEndpoint,
  listEndpoints,
  type Rules,
  rotateSecret,
  testEndpoint,
} from '../webhooks/endpoints.ts'
import { type House, tenantOf, withDatabase, wrongUsage } from './house.ts'
import { print, table } from './print.ts'

type Common = { tenant?: string; json?: boolean }

/** `nobishiro webhooks create|list|rotate|delete|enable|test|deliveries|replay` */
export function webhooksCommand(house: House): Command {
  const command = new Command('webhooks').description('Where events are sent')
  const rulesOf = async (): Promise<Rules> => ({
    secret: await readSecret(house.env),
    allowPrivate: house.env.privateWebhooks,
  })
  /** A command about a tenant, with what every one of them takes. */
  const add = (name: string, description: string) =>
    command
      .command(name)
      .description(description)
      .option('--tenant <id>', 'tenant (may be left out when there is only one)')
      .option('--json', 'print the result as JSON')
  const inTenant = <T>({ tenant }: Common, work: (db: Database, change: Change) => Promise<T>): Promise<T> =>
    withDatabase(house, async (db) => work(db, { tenantId: await tenantOf(db, tenant), by: 'cli', now: house.clock() }))

  add('create', 'Send events to an address; the secret that signs them is shown this once')
    .argument('<url>', 'an address of https, e.g. https://example.com/webhooks')
    .option('--events <events>', `separated by commas: ${EVENT_TYPES.join(', ')}`, (text) => text.split(','), [
      ...EVENT_TYPES,
    ])
    .action(async (url: string, { events, ...common }: Common & { events: string[] }) => {
      const rules = await rulesOf()
      const made = await inTenant(common, (db, change) => createEndpoint(db, change, { url, events }, rules))
      print(house, { json: common.json, value: made, text: shown(made) })
    })

  add('list', 'List the endpoints, and how each fares').action(async (common: Common) => {
    const found = await inTenant(common, (db, { tenantId }) => listEndpoints(db, tenantId))
    const rows = found.map((one) => [
      one.id,
      one.url,
      one.events.join(','),
      one.pending,
      one.dead,
      one.failingSince,
      one.disabledBecause,
    ])
    const titles = ['id', 'url', 'events', 'pending', 'dead', 'failing since', 'disabled because']
    print(house, { json: common.json, value: found, text: table(titles, rows) })
  })

  add('rotate', 'Give an endpoint another secret; until the overlap is over, everything is signed with both')
    .argument('<id>', 'id of the endpoint')
    .option('--overlap <hours>', `hours until the one before ends, at most ${LONGEST_OVERLAP_HOURS}`, Number, 24)
    .action(async (id: string, { overlap, ...common }: Common & { overlap: number }) => {
      const rules = await rulesOf()
      const made = await inTenant(common, (db, change) =>
        rotateSecret(db, change, { id, overlapHours: overlap }, rules),
      )
      print(house, { json: common.json, value: made, text: shown(made) })
    })

  add('delete', 'Send nothing more to an endpoint, and forget its deliveries')
    .argument('<id>', 'id of the endpoint')
    .action(async (id: string, common: Common) => {
      await inTenant(common, (db, change) => deleteEndpoint(db, change, id))
      print(house, { json: common.json, value: { deleted: id }, text: `Deleted ${id}.` })
    })

  add('enable', 'Begin to send again to an endpoint that was disabled')
    .argument('<id>', 'id of the endpoint')
    .action(async (id: string, common: Common) => {
      const { dead } = await inTenant(common, (db, change) => enableEndpoint(db, change, id))
      const text = `Enabled ${id}. ${dead} deliveries are dead; send them anew with: nobishiro webhooks replay ${id}`
      print(house, { json: common.json, value: { enabled: id, dead }, text })
    })

  add('test', 'Send an endpoint a test event; the server sends it within a second')
    .argument('<id>', 'id of the endpoint')
    .action(async (id: string, common: Common) => {
      const event = await inTenant(common, (db, change) => testEndpoint(db, change, id))
      print(house, { json: common.json, value: { event }, text: `${event} waits to be sent.` })
    })

  add('deliveries', 'List what was sent, what waits and what is dead, of the newest events first')
    .option('--state <state>', 'PENDING, DELIVERED or DEAD', stateOf)
    .option('--webhook <id>', 'of this endpoint alone')
    .option('--first <count>', 'deliveries to print', Number, 50)
    .action(async (options: Common & { state?: Delivery['state']; webhook?: string; first: number }) => {
      const { state, webhook: endpointId, first, ...common } = options
      if (!Number.isInteger(first) || first < 1) throw wrongUsage('--first is a whole number, at least 1.')
      const { items } = await inTenant(common, (db, { tenantId }) =>
        readDeliveries(db, tenantId, { endpointId, state }, { offset: 0, limit: first }),
      )
      const rows = items.map((one) => [
        one.at,
        one.type,
        one.eventId,
        one.endpointId,
        one.state,
        one.attempts,
        one.problem,
      ])
      const titles = ['at', 'type', 'event', 'endpoint', 'state', 'attempts', 'problem']
      print(house, { json: common.json, value: items, text: table(titles, rows) })
    })

  add('replay', 'Send dead deliveries of an endpoint anew, under the ids that they had')
    .argument('<id>', 'id of the endpoint')
    .option('--event <id>', 'the delivery of this event alone')
    .action(async (id: string, { event, ...common }: Common & { event?: string }) => {
      const count = await inTenant(common, (db, change) => replay(db, change, { endpointId: id, eventId: event }))
      print(house, { json: common.json, value: { replayed: count }, text: `${count} wait to be sent.` })
    })

  return command
}

const shown = ({ id, secret }: { id: string; secret: string }): string =>
  `${secret}\nKeep it now: it lies sealed and is not shown again. The id of the endpoint is ${id}.`

function stateOf(text: string): Delivery['state'] {
  if (text === 'PENDING' || text === 'DELIVERED' || text === 'DEAD') return text
  throw wrongUsage(`--state is PENDING, DELIVERED or DEAD; it was "${text}".`)
}
