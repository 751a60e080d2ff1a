import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Account } from './vendor.ts'

type Fields = Record<string, unknown>

export type StripeServer = {
  base: URL
  /** Paths asked for, with their queries, in order. */
  asked: string[]
  /** What comes instead of the answer to the nth request. */
  faults: Map<number, 'RATE_LIMIT' | 'DROP'>
  account: Account
  close(): Promise<void>
}

/** Largest page, so that small data have several. */
const PAGE = 7

/** Speaks Stripe's list endpoints: newest first, `has_more`, `starting_after`, `created`, `subscription`, `pending`; faults on demand. */
export async function stripeServer(account: Account): Promise<StripeServer> {
  const asked: string[] = []
  const faults: StripeServer['faults'] = new Map()
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    const fault = faults.get(asked.length)
    if (fault === 'DROP') request.socket.destroy()
    else if (fault === 'RATE_LIMIT') refuse(response, 429, 'rate_limit')
    else answer(request, response, state.account)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // listens on a port
  const state: StripeServer = {
    base: new URL(`http://127.0.0.1:${port}`),
    asked,
    faults,
    account,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return state
}

function answer(request: IncomingMessage, response: ServerResponse, account: Account): void {
  const url = new URL(request.url ?? '', 'http://stripe')
  const key = request.headers.authorization ?? ''
  const [, , resource = '', id] = url.pathname.split('/')
  const list = account[resource as keyof Account] as Fields[] | undefined // undefined for other paths
  if (!/^Bearer rk_/.test(key)) refuse(response, 401, 'invalid', `Invalid API Key provided: ${key}`)
  else if (!list) refuse(response, 404, 'no_such_path', url.pathname)
  else if (id === undefined) send(response, 200, page(list, url))
  else {
    const found = list.find((object) => object['id'] === id)
    if (found) send(response, 200, found)
    else refuse(response, 404, 'resource_missing')
  }
}

function page(list: Fields[], url: URL): Fields {
  const wanted = list.filter((object) => isWanted(object, url.searchParams))
  const after = url.searchParams.get('starting_after')
  const start = after === null ? 0 : wanted.findIndex((object) => object['id'] === after) + 1
  const limit = Math.min(PAGE, Number(url.searchParams.get('limit') ?? 10))
  const data = wanted.slice(start, start + limit)
  return { object: 'list', url: url.pathname, has_more: start + limit < wanted.length, data }
}

function isWanted(object: Fields, query: URLSearchParams): boolean {
  const created = Number(object['created'] ?? 0)
  const [least, most] = [query.get('created[gte]'), query.get('created[lte]')]
  const subscription = query.get('subscription')
  const parent = (object['parent'] as Fields | undefined)?.['subscription_details'] as Fields | undefined // as invoices have it
  const isOf = subscription === null || subscription === (object['subscription'] ?? parent?.['subscription'])
  return isOf && (least === null || created >= Number(least)) && (most === null || created <= Number(most))
}

function refuse(response: ServerResponse, status: number, code: string, message = code): void {
  send(response, status, { error: { type: 'invalid_request_error', code, message } })
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', 'request-id': 'req_1' })
  response.end(JSON.stringify(body))
}
