import type { ObservationEvent } from '../event.ts'

/** The words of an observation are the same whoever says them; its id follows from what it is of, so a later word replaces it. */
type Said = { at: string; attributes?: Record<string, string> | undefined }
type OfAccount = Said & { account: string; day: string }

export function invoiceLine(
  said: OfAccount & { invoice: string; line?: string | undefined; name: string; amount: string; currency: string } & {
    quantity?: string | undefined
    recurring: boolean
  },
): ObservationEvent {
  const { invoice, line, recurring } = said
  return observation('INVOICE_LINE', [invoice, line ?? said.name], said, {
    invoice,
    recurring: recurring ? 'yes' : 'no',
  })
}

/** `month` is YYYY-MM. */
export function spend(
  said: Said & { month: string; category: string; amount: string; currency: string },
): ObservationEvent {
  const { month, category } = said
  return observation('SPEND', [month, category, said.currency], { ...said, day: `${month}-01`, name: category }, {})
}

/** From a day on an account may use so much of a metric. */
export function entitlement(said: OfAccount & { metric: string; limit: string }): ObservationEvent {
  const { metric, limit, account, day } = said
  return observation('ENTITLEMENT', [account, metric, day], { ...said, name: metric, quantity: limit }, {})
}

/** From a day on an account uses a feature, or no longer does. */
export function feature(
  said: OfAccount & { feature: string; adopted: boolean; quantity?: string | undefined },
): ObservationEvent {
  const { feature: name, adopted, account, day } = said
  return observation('FEATURE', [account, name, day], { ...said, name }, { adopted: adopted ? 'yes' : 'no' })
}

/** From a day on an account is connected to something, or no longer is. */
export function integration(said: OfAccount & { integration: string; connected: boolean }): ObservationEvent {
  const { integration: name, connected, account, day } = said
  return observation('INTEGRATION', [account, name, day], { ...said, name }, { connected: connected ? 'yes' : 'no' })
}

export function contact(
  said: OfAccount & { contact: string; name?: string | undefined; role?: string | undefined },
): ObservationEvent {
  const { contact: id, name = id, role, account } = said
  return observation('CONTACT', [account, id], { ...said, name }, { role })
}

export function satisfaction(
  said: OfAccount & { response: string; survey: string; score: string; contact?: string | undefined },
): ObservationEvent {
  const { response, survey, score, contact: by } = said
  return observation('SATISFACTION', [response], { ...said, name: survey, quantity: score }, { contact: by })
}

/** `day` is when it was opened. */
export function ticket(
  said: OfAccount & { ticket: string; subject?: string | undefined; priority?: string | undefined } & {
    closedOn?: string | undefined
  },
): ObservationEvent {
  const { ticket: id, subject = id, priority, closedOn } = said
  return observation('TICKET', [id], { ...said, name: subject }, { priority, closedOn })
}

type Parts = Said & { account?: string; day: string; name: string } & {
  quantity?: string | undefined
  amount?: string
  currency?: string
}

function observation(
  kind: ObservationEvent['kind'],
  of: readonly string[],
  { at, account, day, name, quantity, amount, currency, attributes }: Parts,
  own: Record<string, string | undefined>,
): ObservationEvent {
  const all = Object.entries({ ...attributes, ...own }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  )
  return {
    type: 'observation',
    kind,
    observation: of.map((part) => part.replaceAll('\\', '\\\\').replaceAll('/', '\\/')).join('/'),
    at,
    ...(account === undefined ? {} : { account }),
    day,
    name,
    ...(quantity === undefined ? {} : { quantity }),
    ...(amount === undefined || currency === undefined ? {} : { amount, currency }),
    ...(all.length === 0 ? {} : { attributes: Object.fromEntries(all) }),
  }
}
