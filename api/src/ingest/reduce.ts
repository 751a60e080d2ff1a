import { sha256 } from '../shared/canonical.ts'
import type { AccountEvent, IngestEvent, ObservationEvent } from './event.ts'
import type { InboxKey } from './inbox.ts'
import type { Received } from './received.ts'

/** Said in place of a reason that may quote what was erased. */
export const ERASED_REASON = 'Its account was erased.'

/** What is told of persons, and counted nowhere. */
const OF_PERSONS: ReadonlySet<string> = new Set(['CONTACT', 'SATISFACTION', 'TICKET'])
/** Attributes of other observations that numbers or ids follow from. */
const COUNTED = ['recurring', 'invoice', 'adopted', 'connected']

/** Whether an event is of an account that was erased; ids are those of the tenant, "source:id". */
export function isOf(source: string, event: IngestEvent, erased: ReadonlySet<string>): boolean {
  if (event.type === 'correction') return event.touches.some((id) => erased.has(id))
  return 'account' in event && event.account !== undefined && erased.has(`${source}:${event.account}`)
}

/** Events without what they say of persons: no number of the tenant follows from that. Pure, and idle the second time. */
export function reducedEvents(
  source: string,
  events: readonly IngestEvent[],
  erased: ReadonlySet<string>,
): IngestEvent[] {
  return events.flatMap((event): IngestEvent[] => {
    if (!isOf(source, event, erased)) return [event]
    if (event.type === 'account') return [reducedAccount(event)]
    if (event.type === 'observation') return OF_PERSONS.has(event.kind) ? [] : [reducedObservation(event)]
    return [event.type === 'correction' ? { ...event, reason: '' } : event]
  })
}

/** Partner, region and parent stay: totals by them do. */
function reducedAccount({ name: _, attributes, ...event }: AccountEvent): AccountEvent {
  const partner = attributes?.['partner']
  return { ...event, name: '', ...(partner === undefined ? {} : { attributes: { partner } }) }
}

/** The text of an invoice's line may name anybody, and its id may be made of that text. */
function reducedObservation({ attributes = {}, ...event }: ObservationEvent): ObservationEvent {
  const kept = Object.entries(attributes).filter(([name]) => COUNTED.includes(name))
  const said = kept.length === 0 ? event : { ...event, attributes: Object.fromEntries(kept) }
  if (event.kind !== 'INVOICE_LINE') return said
  return { ...said, name: '', observation: nameless(event.observation) }
}

/** As `nobishiro_nameless` of the database: tells nothing, and is the same for the same id. */
export const nameless = (id: string): string => (id.startsWith(NAMELESS) ? id : `${NAMELESS}${sha256(id)}`)
const NAMELESS = 'erased/'

/** A delivery as it may be stored: of erased accounts their reduced events alone, in place of its body. */
export function reducedDelivery({ source }: InboxKey, item: Received, erased: ReadonlySet<string>): Received {
  const isNamed = (item.account !== null && erased.has(`${source}:${item.account}`)) || mentions(source, item, erased)
  if (!isNamed && !item.events.some((event) => isOf(source, event, erased))) return item
  const events = reducedEvents(source, item.events, erased)
  const saysNothing = item.ignored === undefined && events.length === 0 && item.events.length > 0
  return {
    ...item,
    ...(saysNothing ? { externalId: nameless(item.externalId) } : {}),
    events,
    raw: Buffer.from(JSON.stringify(item.ignored === undefined ? events : [])),
    bodySha256: item.bodySha256 ?? Buffer.from(sha256(item.raw), 'hex'),
    isReduced: true,
    ...(item.ignored === undefined ? {} : { ignored: ERASED_REASON }),
  }
}

/** A body that is not understood says whose it is by the id alone. */
function mentions(source: string, { raw, ignored, account }: Received, erased: ReadonlySet<string>): boolean {
  if (ignored === undefined && account !== null) return false
  const text = Buffer.from(raw).toString()
  return [...erased].some((id) => id.startsWith(`${source}:`) && text.includes(quoted(id.slice(source.length + 1))))
}

/** An id as a body in JSON has it. */
export const quoted = (externalId: string): string => JSON.stringify(externalId)
