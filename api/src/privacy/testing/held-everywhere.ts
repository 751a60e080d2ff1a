import type { Database } from '@nobishiro/prisma'
import { correct } from '../../corrections/correct.ts'
import { accept } from '../../ingest/accept.ts'
import type { IngestEvent } from '../../ingest/event.ts'
import type { Received } from '../../ingest/received.ts'
import { resolveConflict } from '../../ingest/resolve-conflict.ts'
import * as observed from '../../ingest/sources/observed.ts'
import { anAccount, anItem, aPrice, aSubscription, aTenant, delivered } from '../../testing/build.ts'

export const NOW = new Date('2026-11-22T00:00:00Z')
const at = '2026-03-11T00:00:00.000Z'
const day = '2026-03-11'

/** A delivery that no source reads, which says whose it is somewhere in its body. */
const unread = (externalId: string, account: string, person: string): Received => ({
  externalId,
  kind: 'customer.tax_id.created',
  raw: Buffer.from(JSON.stringify({ customer: account, holder: person })),
  eventTime: at,
  account: null,
  events: [],
  ignored: `Nobody reads ${person}.`,
})

/** All that a source says of an account, with the person in every place that may name one. */
export function toldOf(account: string, person: string): Received[] {
  const of = { account, at, day, attributes: { by: person } }
  const holding = (when: string, seats: number) =>
    aSubscription({ account, subscription: `sub_${account}`, at: when, items: [anItem('crm', seats, aPrice('1000'))] })
  const said: IngestEvent[] = [
    anAccount(account, '2025-01-01T00:00:00.000Z', { name: `${person} Ltd`, attributes: { owner: person, tier: 'a' } }),
    anAccount(account, '2026-01-01T00:00:00.000Z', {
      ...{ name: `${person} Inc`, region: 'JP', parent: 'group', signedUpOn: '2025-01-01' },
      attributes: { owner: person, partner: 'Kumo', tier: 'b' },
    }),
    holding('2025-01-10T00:00:00.000Z', 3),
    holding('2026-03-10T00:00:00.000Z', 9),
    observed.contact({ ...of, contact: `${person}@example.com`, name: person, role: 'admin' }),
    observed.satisfaction({ ...of, response: `r_${account}`, survey: 'nps', score: '9', contact: person }),
    observed.ticket({ ...of, ticket: `t_${account}`, subject: `${person} cannot log in` }),
    observed.invoiceLine({
      ...of,
      invoice: `in_${account}`,
      name: `Training of ${person}`,
      amount: '5000',
      currency: 'USD',
      recurring: false,
    }),
    observed.entitlement({ ...of, metric: 'active_seats', limit: '10' }),
    observed.feature({ ...of, feature: 'export', adopted: true }),
    observed.integration({ ...of, integration: 'slack', connected: true }),
    { type: 'usage', account, metric: 'active_seats', day, quantity: '7' },
  ]
  return [
    ...said.map((event, place) => delivered(idOf(event, account, place, person), event)),
    unread(`${account}-unread`, account, person),
  ]
}

/** A source may well put the address of a person into the id of what it says of one. */
const idOf = (event: IngestEvent, account: string, place: number, person: string): string =>
  event.type === 'observation' && event.kind === 'CONTACT' ? `contact/${account}/${person}` : `${account}-${place}`

/** A tenant with two such accounts, one that is the same customer as the first, and what people and second bodies say of them. */
export async function heldEverywhere(db: Database, id: string, people: { erased: string; other: string }) {
  const context = await aTenant(db, { id })
  const { tenantId } = context
  const customers = { zed: people.erased, twin: people.erased, other: people.other }
  for (const [account, person] of Object.entries(customers)) await accept(db, context, toldOf(account, person))
  await accept(db, context, [delivered('group', anAccount('group', '2025-01-01T00:00:00.000Z', { name: 'Group' }))])
  const by = { tenantId, by: 'key:k', clock: () => NOW }
  for (const [account, person] of [
    ['zed', people.erased],
    ['other', people.other],
  ] as const) {
    // Second bodies: one that nobody decided about, one that was kept, and one of what is not read.
    for (const [place, seats] of [
      [2, 4],
      [3, 12],
    ] as const) {
      const when = place === 2 ? '2025-01-10T00:00:00.000Z' : '2026-03-10T00:00:00.000Z'
      const second = delivered(
        `${account}-${place}`,
        aSubscription({
          account,
          subscription: `sub_${account}`,
          at: when,
          items: [anItem('crm', seats, aPrice('1000'))],
        }),
        anAccount(account, '2024-01-01T00:00:00.000Z', { name: person }),
      )
      await accept(db, context, [second])
    }
    await accept(db, context, [unread(`${account}-unread`, account, `${person} too`)])
    const asked = { kind: 'RECLASSIFY_MOVEMENT', account: `stripe:${account}`, month: '2026-03', to: 'USAGE' } as const
    await correct(db, by, { asked, reason: `${person} called`, idempotencyKey: `because of ${account}` })
    const kept = { source: 'stripe', externalId: `${account}-3`, keep: 'second', reason: `${person} said so` } as const
    await resolveConflict(db, { tenantId, clock: () => NOW }, kept)
    const answer = {
      tenantId,
      key: account,
      requestSha256: account,
      status: 200,
      body: `{"name":"${person} Inc"}`,
      expiresAt: NOW,
    }
    await db.withTenant({ tenantId, viewer: 'TENANT' }, (tx) => tx.idempotentAnswer.create({ data: answer }))
  }
  const merge = { kind: 'MERGE_ACCOUNTS', from: 'stripe:twin', into: 'stripe:zed' } as const
  await correct(db, by, { asked: merge, reason: `${people.erased} has two`, idempotencyKey: 'merge' })
  const spent = observed.spend({ at, month: '2026-03', category: 'sales', amount: '90000', currency: 'USD' })
  await accept(db, context, [delivered('spend', spent)])
  await db.withTenant({ tenantId, viewer: 'TENANT' }, (tx) =>
    tx.source.updateMany({
      where: { tenantId },
      data: { lastError: `name: expected a text, found "${people.erased} Inc"`, lastErrorAt: NOW },
    }),
  )
  return context
}
