import { act, type ReactElement } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

let root: Root
let answers: Record<string, () => Response>

const grant = () =>
  Response.json({ token: 'nbs_t', expiresAt: new Date(Date.now() + 900_000).toISOString(), sessionId: 'ses_1' })
const yen = (amount: string) => ({ amount, minor: amount, currency: 'JPY' })
const account = (name: string, mrr: string) => ({
  id: name,
  externalId: name,
  source: 'stripe',
  name,
  region: 'JP',
  attributes: {},
  signedUpOn: null,
  firstPaidMonth: '2024-01-01',
  mrr: yen(mrr),
  seats: 50,
  plans: [{ id: 'p', name: 'Business', rank: 3, product: { id: 'q', name: 'Core' } }],
})
const accounts = (...names: string[]) =>
  Response.json({
    data: {
      accounts: {
        edges: names.map((name) => ({ cursor: name, node: account(name, '196000') })),
        pageInfo: { hasNextPage: false, endCursor: null },
        totalCount: names.length,
      },
    },
  })

/** A report of two rows; `kind` is what they are rows of. */
function sideBySide(kind: string) {
  const text = (value: string) => ({ en: value, ja: value })
  const cell = (value: string | null, label: object | null = null) => ({
    value,
    label,
    reason: null,
    completeness: null,
  })
  return {
    period: { start: '2025-11-01', end: '2026-11-01' },
    columns: [
      { name: kind.toLowerCase(), label: text(kind), type: 'TEXT', unit: null, currency: null },
      { name: 'mrr', label: text('MRR'), type: 'DECIMAL', unit: 'MONEY', currency: 'JPY' },
      { name: 'nrr', label: text('NRR'), type: 'DECIMAL', unit: 'RATIO', currency: null },
    ],
    rows: [
      { cells: [cell('a', text(`${kind} a`)), cell('900'), cell('1.0644')] },
      { cells: [cell('b', text(`${kind} b`)), cell('50'), cell(null)] },
    ],
    rowCount: 7,
    totals: [cell(null), cell('950'), cell('10')],
    definition: 'nobishiro/1',
    view: 'NOBISHIRO',
    asOf: '2026-11-22T00:00:00Z',
    version: '1',
  }
}

beforeEach(() => {
  vi.resetModules()
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  localStorage.setItem('hibiki-admin', JSON.stringify({ locale: 'en', theme: 'light' }))
  answers = { '/session': grant, '/graphql': () => accounts('Aozora') }
  vi.stubGlobal('fetch', async (url: string) => answers[url]?.() ?? new Response(null, { status: 404 }))
  document.body.innerHTML = '<div id="app"></div>'
})
afterEach(() => {
  act(() => root.unmount())
  vi.unstubAllGlobals()
})

/** The app at an address, with a client of its own. */
async function show(hash: string) {
  location.hash = hash
  const { App } = (await import('./app.tsx')) as { App: () => ReactElement }
  root = createRoot(document.getElementById('app') as HTMLElement) // the body above holds it
  await act(async () => root.render(<App />))
}

const says = (text: string) =>
  vi.waitFor(async () => {
    await act(async () => {})
    expect(document.body.textContent).toContain(text)
  }, 8000)
const press = (name: string) => {
  const button = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === name)
  return act(async () => button?.click())
}

it('lists customers with what they pay', async () => {
  await show('#/customers')
  await says('Aozora')
  await says('¥196,000')
  expect(document.title).toBe('Customers · Hibiki Cloud')
})

it('says that nobody is there yet', async () => {
  answers['/graphql'] = () => accounts()
  await show('#/customers')
  await says('No customers yet')
})

it('says that the API does not answer, and recovers', { timeout: 15_000 }, async () => {
  answers['/graphql'] = () => new Response('bad gateway', { status: 502 })
  await show('#/customers')
  await says('The API does not answer')
  answers['/graphql'] = () => accounts('Aozora')
  await press('Try again')
  await says('Aozora')
})

it('shows nothing to someone whose session is refused, and opens when it is granted', async () => {
  answers['/session'] = () => Response.json({ error: { code: 'FORBIDDEN', message: 'no' } }, { status: 403 })
  await show('#/customers')
  await says('You may not see this')
  expect(document.body.textContent).not.toContain('Aozora')
  answers['/session'] = grant
  await press('Try again')
  await says('Aozora')
})

it('changes the language at once', async () => {
  await show('#/settings')
  await says('Appearance')
  const japanese = document.querySelector<HTMLInputElement>('input[value="ja"]')
  await act(async () => japanese?.click())
  await says('埋め込みセッション')
  expect(document.documentElement.lang).toBe('ja')
})

it('says that there is no such customer', async () => {
  answers['/graphql'] = () => Response.json({ data: { account: null } })
  await show('#/customers/nobody')
  await says('There is no such customer')
})

it('has a card of every registered metric, by topic, and asks for their numbers once', async () => {
  const definition = (key: string, topic: string) => ({
    key,
    label: { en: `Label of ${key}`, ja: key },
    description: { en: '', ja: '' },
    formula: { en: '', ja: '' },
    unit: 'COUNT',
    better: 'HIGHER',
    topic,
    version: 'nobishiro/1',
    source: '',
    benchmark: null,
    windows: [],
  })
  const registered = [
    definition('mrr', 'REVENUE'),
    definition('quickRatio', 'GROWTH'),
    definition('brandNew', 'GROWTH'),
  ]
  const period = { start: '2026-10-01', end: '2026-11-01' }
  const value = {
    period,
    value: '7',
    reason: null,
    completeness: 'COMPLETE',
    restatedSince: null,
    asOf: '2026-11-22T00:00:00Z',
    version: '1',
    previous: null,
  }
  const asked: Record<string, unknown>[] = []
  type Sent = { operationName: string; variables: Record<string, unknown> & { by: [{ kind: string }] } }
  const answer = ({ operationName, variables }: Sent) => {
    if (operationName === 'Definitions') return { data: { definitions: registered } }
    if (operationName === 'Viewer') return { data: { viewer: { dataThrough: '2026-11-20' } } }
    if (operationName === 'Report') return { data: { report: sideBySide(variables.by[0].kind) } }
    if (operationName !== 'MetricCards') return { errors: [{ message: 'none', extensions: { code: 'NOT_FOUND' } }] }
    asked.push(variables)
    const metrics = registered.map((one) => ({
      definition: one,
      unit: 'COUNT',
      currency: 'JPY',
      window: null,
      targets: [null],
      values: [value],
    }))
    return { data: { metrics } }
  }
  vi.stubGlobal('fetch', async (path: string, { body = '{}' }: { body?: string } = {}) => {
    if (path === '/session') return grant()
    const sent = JSON.parse(body)
    return Response.json(Array.isArray(sent) ? sent.map(answer) : answer(sent))
  })
  await show('#/metrics')
  await says('Label of brandNew')
  expect([...document.querySelectorAll('.metric-topic > h2')].map((heading) => heading.textContent)).toEqual([
    'Revenue',
    'Growth',
  ])
  const range = { start: '2025-11-01', end: '2026-11-01' }
  expect(asked).toEqual([{ keys: ['mrr', 'quickRatio', 'brandNew'], compare: 'PREVIOUS', range }])
  await act(async () => document.querySelector<HTMLInputElement>('input[value="24"]')?.click())
  await act(async () => document.querySelector<HTMLInputElement>('input[value="YEAR_AGO"]')?.click())
  await vi.waitFor(() => expect(asked.at(-1)).toMatchObject({ compare: 'YEAR_AGO', range: { start: '2024-11-01' } }))

  const lines = () => [...document.querySelectorAll('.metric-breakdown tbody tr')].map(({ textContent }) => textContent)
  expect(lines()).toEqual(['PLAN a¥900106.4%', 'PLAN b¥50not defined', 'All 7¥9501,000.0%'])
  await act(async () => document.querySelector<HTMLInputElement>('input[value="REGION"]')?.click())
  await vi.waitFor(() => expect(lines()[0]).toBe('REGION a¥900106.4%'))
})
