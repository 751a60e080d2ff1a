import { randomBytes } from 'node:crypto'
import type { Database, Tx } from '@nobishiro/prisma'
import { type Change, note } from '../access/audit.ts'
import { invalidInput } from '../access/invalid-input.ts'
import { LONGEST_OVERLAP_HOURS } from '../access/keys.ts'
import { seal } from '../access/seal.ts'
import { EVENT_TYPES, type EventType } from '../outbox/event-types.ts'
import { tell } from '../outbox/tell.ts'
import { ExpectedError } from '../shared/errors.ts'
import { PrivateAddressError, refusePrivateLiteral } from './address.ts'
import { newSecret } from './sign.ts'

/** What seals secrets, and whether endpoints may lie in the house's own network. */
export type Rules = { secret: string; allowPrivate: boolean }

export type Endpoint = {
  id: string
  url: string
  events: EventType[]
  createdAt: Date
  /** Until when what is sent is signed with the secret before, too; null when with one alone. */
  previousUntil: Date | null
  failingSince: Date | null
  disabledAt: Date | null
  disabledBecause: string | null
  pending: number
  dead: number
}

const MOST_ENDPOINTS = 20
const LONGEST_URL = 2_048
const HOUR_MS = 3_600_000

export const purposeOf = (tenantId: string, id: string): string => `webhook:${tenantId}.${id}`

/** Makes an endpoint; its secret is returned this once, and lies sealed. */
export async function createEndpoint(
  db: Database,
  { tenantId, by, now }: Change,
  { url, events }: { url: string; events: readonly string[] },
  rules: Rules,
): Promise<{ id: string; secret: string }> {
  checkUrl(url, rules)
  const listens = checkEvents(events)
  const id = `wh_${randomBytes(8).toString('hex')}`
  const secret = newSecret()
  return inTenant(db, tenantId, async (tx) => {
    const [tenant] = await tx.$queryRaw<
      { version: bigint }[]
    >`SELECT version FROM tenant WHERE id = ${tenantId} FOR UPDATE`
    if (!tenant) throw new ExpectedError('NOT_FOUND', `There is no tenant "${tenantId}".`)
    if ((await tx.webhookEndpoint.count({ where: { tenantId } })) >= MOST_ENDPOINTS)
      throw invalidInput('url', `A tenant has at most ${MOST_ENDPOINTS} endpoints; delete one first.`)
    const sealed = seal(secret, rules.secret, purposeOf(tenantId, id))
    await tx.webhookEndpoint.create({
      data: { tenantId, id, url, events: listens, secret: sealed, createdAt: now },
      select: { id: true },
    })
    if (listens.includes('target.crossed')) await watch(tx, { tenantId, now, version: tenant.version })
    await note(tx, { tenantId, at: now, by, action: 'WEBHOOK_CREATED', subject: id, detail: { url, events: listens } })
    return { id, secret }
  })
}

/** Gives an endpoint another secret; until the overlap is over everything is signed with both. */
export function rotateSecret(
  db: Database,
  { tenantId, by, now }: Change,
  { id, overlapHours }: { id: string; overlapHours: number },
  rules: Pick<Rules, 'secret'>,
): Promise<{ id: string; secret: string }> {
  if (!(overlapHours >= 0 && overlapHours <= LONGEST_OVERLAP_HOURS))
    throw invalidInput('overlapHours', `overlapHours is between 0 and ${LONGEST_OVERLAP_HOURS}.`)
  return inTenant(db, tenantId, async (tx) => {
    const { secret: previousSecret } = await endpointOf(tx, tenantId, id)
    const secret = newSecret()
    const previousUntil = new Date(now.getTime() + overlapHours * HOUR_MS)
    await tx.webhookEndpoint.update({
      where: { tenantId_id: { tenantId, id } },
      data: { secret: seal(secret, rules.secret, purposeOf(tenantId, id)), previousSecret, previousUntil },
      select: { id: true },
    })
    const detail = { ends: previousUntil.toISOString() }
    await note(tx, { tenantId, at: now, by, action: 'WEBHOOK_SECRET_ROTATED', subject: id, detail })
    return { id, secret }
  })
}

/** Sends nothing more, and forgets what was sent. */
export function deleteEndpoint(db: Database, { tenantId, by, now }: Change, id: string): Promise<void> {
  return inTenant(db, tenantId, async (tx) => {
    const { url } = await endpointOf(tx, tenantId, id)
    await tx.webhookEndpoint.delete({ where: { tenantId_id: { tenantId, id } }, select: { id: true } })
    const left = await tx.webhookEndpoint.count({ where: { tenantId, events: { has: 'target.crossed' } } })
    if (left === 0) await tx.webhookWatch.deleteMany({ where: { tenantId } })
    await note(tx, { tenantId, at: now, by, action: 'WEBHOOK_DELETED', subject: id, detail: { url } })
  })
}

/** Begins to send again to an endpoint that was disabled. What it missed is not sent by itself; what is dead can be replayed. */
export function enableEndpoint(db: Database, { tenantId, by, now }: Change, id: string): Promise<Endpoint> {
  return inTenant(db, tenantId, async (tx) => {
    const { disabledAt } = await endpointOf(tx, tenantId, id)
    if (disabledAt === null) throw new ExpectedError('CONFLICT', `The endpoint ${id} is not disabled.`)
    await tx.webhookEndpoint.update({
      where: { tenantId_id: { tenantId, id } },
      data: { disabledAt: null, disabledBecause: null, failingSince: null },
      select: { id: true },
    })
    await note(tx, { tenantId, at: now, by, action: 'WEBHOOK_ENABLED', subject: id })
    const [endpoint] = await readEndpoints(tx, tenantId, id)
    return endpoint as Endpoint // it was just found
  })
}

/** Sends an endpoint a test event; returns its id. */
export function testEndpoint(
  db: Database,
  { tenantId, now }: { tenantId: string; now: Date },
  id: string,
): Promise<string> {
  return inTenant(db, tenantId, async (tx) => {
    const { disabledAt } = await endpointOf(tx, tenantId, id)
    if (disabledAt !== null) throw new ExpectedError('CONFLICT', `The endpoint ${id} is disabled. Enable it first.`)
    const event = await tell(tx, { tenantId, type: 'webhook.test', at: now, data: { endpoint: id }, endpointId: id })
    return event as string // the endpoint listens
  })
}

export function listEndpoints(db: Database, tenantId: string): Promise<Endpoint[]> {
  return inTenant(db, tenantId, (tx) => readEndpoints(tx, tenantId))
}

async function readEndpoints(tx: Tx, tenantId: string, id?: string): Promise<Endpoint[]> {
  const rows = await tx.webhookEndpoint.findMany({
    where: { tenantId, ...(id === undefined ? {} : { id }) },
    omit: { tenantId: true, secret: true, previousSecret: true },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  })
  const counts = await tx.webhookDelivery.groupBy({ by: ['endpointId', 'state'], where: { tenantId }, _count: true })
  const countOf = (endpointId: string, state: string) =>
    counts.find((count) => count.endpointId === endpointId && count.state === state)?._count ?? 0
  return rows.map((row) => ({
    ...row,
    events: row.events as EventType[], // as createEndpoint wrote them
    pending: countOf(row.id, 'PENDING'),
    dead: countOf(row.id, 'DEAD'),
  }))
}

async function endpointOf(tx: Tx, tenantId: string, id: string) {
  await tx.$queryRaw`SELECT id FROM webhook_endpoint WHERE tenant_id = ${tenantId} AND id = ${id} FOR UPDATE`
  const endpoint = await tx.webhookEndpoint.findUnique({ where: { tenantId_id: { tenantId, id } } })
  if (endpoint) return endpoint
  throw new ExpectedError('NOT_FOUND', `There is no endpoint "${id}" of tenant "${tenantId}".`, 'id')
}

/** From now on the tenant's targets are looked at whenever its ledger moves. */
async function watch(
  tx: Tx,
  { tenantId, now, version }: { tenantId: string; now: Date; version: bigint },
): Promise<void> {
  await tx.webhookWatch.createMany({
    data: [{ tenantId, since: now, version, lookedAt: now }],
    skipDuplicates: true,
  })
}

function checkUrl(text: string, { allowPrivate }: Rules): void {
  const url = text.length <= LONGEST_URL && URL.canParse(text) ? new URL(text) : null
  if (!url || (url.protocol !== 'https:' && !(allowPrivate && url.protocol === 'http:')))
    throw invalidInput('url', 'url is an address such as https://example.com/webhooks.')
  if (url.username !== '' || url.password !== '' || url.hash !== '')
    throw invalidInput('url', 'url has no user, password or fragment: deliveries are signed.')
  try {
    if (!allowPrivate) refusePrivateLiteral(url)
  } catch (error) {
    if (error instanceof PrivateAddressError) throw invalidInput('url', `url: ${error.message}.`)
    throw error
  }
}

function checkEvents(events: readonly string[]): EventType[] {
  const known = EVENT_TYPES.join(', ')
  if (events.length === 0) throw invalidInput('events', `events names at least one of ${known}.`)
  return [...new Set(events)].map((name) => {
    const type = EVENT_TYPES.find((candidate) => candidate === name)
    if (type) return type
    throw invalidInput('events', `Unknown event "${name.slice(0, 40)}". Events are ${known}.`)
  })
}

const inTenant = <T>(db: Database, tenantId: string, work: (tx: Tx) => Promise<T>): Promise<T> =>
  db.withTenant({ tenantId, viewer: 'TENANT' }, work)
