import type { Database } from '@nobishiro/prisma'
import { stripeSecret } from '../access/sources.ts'
import { accept } from '../ingest/accept.ts'
import { BODY_LIMIT } from '../ingest/payload/strict-json.ts'
import { readStripe } from '../ingest/sources/stripe/stripe.ts'
import { verifySignature } from '../ingest/sources/stripe/verify.ts'
import { noteRefusal } from '../ingest/status.ts'
import { ExpectedError } from '../shared/errors.ts'
import type { Trace } from '../shared/trace.ts'
import { json, Refused } from './answer.ts'
import { readBody } from './body.ts'
import type { Handler } from './handler.ts'

const PATH = /^\/ingest\/stripe\/([a-z0-9][a-z0-9-]{1,38})\.([A-Za-z0-9_-]{1,64})$/

type Dependencies = { db: Database; secret: string; now: () => Date; trace: Trace }

/** `POST /ingest/stripe/<tenant>.<source>`: checked on the bytes, and answered only when it counts. */
export function stripeWebhookHandler({ db, secret, now, trace }: Dependencies): Handler {
  return async (request) => {
    if (request.method !== 'POST') throw new Refused(405, 'Stripe delivers with POST.')
    const [, tenantId, name] = PATH.exec(new URL(request.url).pathname) ?? []
    if (!tenantId || !name) throw new Refused(404, 'The address of a webhook is /ingest/stripe/<tenant>.<source>.')
    const raw = await readBody(request, BODY_LIMIT)
    const webhookSecret = await stripeSecret(db, { tenantId, name }, secret)
    // The same answer for an unknown source and a wrong secret: an address says nothing about who is a tenant.
    if (webhookSecret === undefined)
      throw new ExpectedError('UNAUTHENTICATED', 'No source at this address accepts the signature.')
    verifySignature({
      raw,
      header: request.headers.get('stripe-signature'),
      secrets: [webhookSecret],
      now: now().getTime(),
    })
    const context = { tenantId, source: name, clock: now }
    try {
      const received = readStripe(raw, name)
      const attributes = () => ({ 'nobishiro.ingest': 'webhook', 'nobishiro.events': 1 })
      const [outcome] = await trace({ name: 'ingest', attributes }, () => accept(db, context, [received]))
      return json(200, outcome)
    } catch (error) {
      await noteRefusal(db, context, error)
      throw error
    }
  }
}
