import { rmSync } from 'node:fs'
import { mintSession } from '@nobishiro/sdk/server'
import type { Browser, Page, Request } from 'playwright'
import { afterAll, beforeAll, beforeEach, expect, it, onTestFailed } from 'vitest'
import { blocksOf } from '../docs/blocks.ts'
import { openBrowser } from './browser.ts'
import { hostPage } from './host-page.ts'
import { newFolder, runCommand, type Server, startServer } from './server.ts'

// From a billing event to a pixel: the console on the demo tenant, its API, and sums that share no code with either.
const folder = newFolder()
const faults: string[] = []
let server: Server
let browser: Browser
let page: Page

beforeAll(async () => {
  server = await startServer(folder)
  browser = await openBrowser()
  page = await browser.newPage({ viewport: { width: 1280, height: 1100 }, locale: 'en-US' })
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
  await page.goto(server.url)
})

afterAll(async () => {
  await browser?.close()
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

beforeEach(() => {
  onTestFailed(async () => {
    console.log('faults:', faults, '\npage:', await page.locator('body').textContent().catch(String))
    console.log(server.output())
  })
})

/** The NRR gauge's own part of the page. */
const gauge = () => page.locator('.nobishiro-gauge-arc')
/** "113.4 %" as 1.134 */
const ratioOf = (text: string | null) => Number(text?.replace(/[^\d.]/g, '')) / 100
/** "12,196,371" as an exact number of yen. */
const amountOf = (text: string | null) => Number(text?.replace(/[^\d.−-]/g, '').replace('−', '-'))

const keyOf = ({ output }: Server) => /nbk_\S+/.exec(output())?.[0]

async function ask<T>(query: string): Promise<T> {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${keyOf(server)}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  })
  const { data, errors } = (await response.json()) as { data: T; errors?: unknown }
  expect(errors).toBeUndefined()
  return data
}

type Nrr = {
  metric: {
    values: { value: string; period: { start: string }; numerator: { value: string }; denominator: { value: string } }[]
  }
}
const askNrr = async () =>
  (
    await ask<Nrr>(
      '{ metric(key: nrr) { values { value period { start } numerator { value } denominator { value } } } }',
    )
  ).metric.values.at(-1)

it('the widgets are drawn, and nothing fails on the way', async () => {
  await gauge().waitFor()
  await page.getByRole('heading', { name: 'MRR waterfall' }).waitFor()
  await page.getByRole('heading', { name: 'Expansion by strategy' }).waitFor()
  await page.getByRole('heading', { name: 'Seats' }).waitFor()
  await page.getByRole('heading', { name: 'Net revenue retention by cohort' }).waitFor()
  await expect.poll(() => page.locator('[aria-busy="true"]').count(), { timeout: 20_000 }).toBe(0)
  expect(await page.locator('svg.nobishiro-svg').count()).toBeGreaterThanOrEqual(5)
  expect(faults).toEqual([])
})

it('the drawn NRR is the one that the API gives', async () => {
  const drawn = ratioOf(await gauge().locator('.nobishiro-svg-text-large').textContent())
  const nrr = await askNrr()
  expect(drawn).toBeCloseTo(Number(nrr?.value), 3)
  expect(drawn).toBeGreaterThan(0.5)
})

it('the gauge opens the bridge of its cohort, which divides to the same number', async () => {
  await gauge().getByRole('button').first().click()
  const sheet = page.getByRole('dialog')
  await sheet.locator('.nobishiro-bridge svg').waitFor()
  const [closing = 0, opening = 0] = (await sheet.locator('.nobishiro-term-value').allTextContents()).map(amountOf)
  const { waterfall } = await ask<{ waterfall: { steps: { key: string; amount: { amount: string } }[]; nrr: string } }>(
    '{ waterfall(population: COHORT, window: 12) { steps { key amount { amount } } nrr } }',
  )
  const step = (key: string) => Number(waterfall.steps.find((one) => one.key === key)?.amount.amount)
  expect({ opening, closing }).toEqual({ opening: step('OPENING'), closing: step('CLOSING') })
  expect(opening + step('EXPANDED') + step('CONTRACTED') + step('LOST')).toBe(closing)
  expect(closing / opening).toBeCloseTo(Number((await askNrr())?.value), 9)
  expect(await sheet.getByText('difference 0').count()).toBe(1)
})

it('the metrics page shows every registered metric with its number, in one request', async () => {
  const { definitions } = await ask<{ definitions: { key: string; label: { en: string } }[] }>(
    '{ definitions { key label { en } } }',
  )
  const requests: string[] = []
  const count = (request: Request) => request.postData()?.includes('MetricCards') && requests.push(request.url())
  page.on('request', count)
  await page.goto(`${server.url}/#/metrics`)
  await page.getByRole('heading', { name: 'Metrics', exact: true }).waitFor()
  await expect.poll(() => page.locator('.nobishiro-state-ready').count(), { timeout: 20_000 }).toBe(definitions.length)
  page.off('request', count)
  expect(requests.length).toBe(1)
  const titles = await page.locator('.nobishiro-title').allTextContents()
  for (const { label } of definitions) expect(titles.some((title) => title.startsWith(label.en))).toBe(true)
  const card = page.getByRole('region', { name: 'Net revenue retention' })
  expect(ratioOf(await card.locator('.nobishiro-svg-text-large').textContent())).toBeCloseTo(
    Number((await askNrr())?.value),
    3,
  )
  const table = page.getByRole('table', { name: 'Side by side' })
  await page.getByText('Region', { exact: true }).click()
  await expect.poll(() => table.getByRole('columnheader').first().textContent()).toBe('Region')
  const { report } = await ask<{ report: { rowCount: number; totals: { value: string }[] } }>(
    '{ report(measures: [{ key: mrr }], by: [{ kind: REGION }]) { rowCount totals { value } } }',
  )
  const whole = await table.getByRole('row').last().getByRole('cell').first().textContent()
  expect(whole?.replace(/\D/g, '')).toBe(report.totals[1]?.value.replace(/\D/g, ''))
  expect(await table.getByRole('row').count()).toBe(Math.min(report.rowCount, 12) + 2)
  await page.getByRole('region', { name: 'Quick ratio' }).getByRole('button', { name: 'Explain' }).click()
  await page.getByRole('dialog').getByText('difference 0').waitFor()
  await page.keyboard.press('Escape')
  expect(faults).toEqual([])
})

it('what arrives is on the screen of an open page', async () => {
  const amount = () => page.getByRole('region', { name: /^MRR/ }).locator('.nobishiro-svg-text-large').textContent()
  const { tenant } = (await ask<{ viewer: { tenant: { currency: string } } }>('{ viewer { tenant { currency } } }'))
    .viewer
  const before = await amount()
  const event = {
    kind: 'subscription',
    id: 'late',
    account: 'latecomer',
    subscription: 'late-1',
    at: '2026-06-01T00:00:00Z',
    status: 'active',
    currency: tenant.currency,
    items: [{ item: 'seats', product: 'late', quantity: 1, unitAmount: 40_000_000 }],
  }
  const response = await fetch(`${server.url}/ingest/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${keyOf(server)}`, 'content-type': 'application/json' },
    body: JSON.stringify([event]),
  })
  expect(await response.text()).toContain('ACCEPTED')
  await expect.poll(amount, { timeout: 10_000 }).not.toBe(before)
  expect(faults).toEqual([])
})

it('a session of the page is limited to the origin that it was minted for', async () => {
  const minted = await page.evaluate(() => fetch('/session', { method: 'POST' }).then((response) => response.json()))
  const as = (origin: string) =>
    fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${minted.token}`, 'content-type': 'application/json', origin },
      body: JSON.stringify({ query: '{ viewer { tenant { name } } }' }),
    }).then((response) => response.text())
  expect(await as('https://elsewhere.example')).not.toContain('"tenant"')
})

it('the page of the README shows its widgets by one script tag, from another origin and under a strict policy', async () => {
  const [html = ''] = blocksOf('README.md', ['html']).map(({ code }) =>
    code.replaceAll('https://analytics.example.com', server.url),
  )
  expect(html).toContain(`${server.url}/widgets.js`)
  const host = await hostPage(`<!doctype html><body>${html}`, {
    policy: `default-src 'none'; script-src ${server.url}; connect-src 'self' ${server.url}; require-trusted-types-for 'script'`,
    mint: (origin) =>
      mintSession({ url: server.url, apiKey: keyOf(server) ?? '', viewer: 'TENANT', origins: [origin] }),
  })
  const visitor = await browser.newPage()
  const complaints: string[] = []
  visitor.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  try {
    await visitor.goto(host.url)
    const drawn = visitor.locator('nobishiro-nrr-gauge .nobishiro-gauge-arc .nobishiro-svg-text-large')
    await drawn.waitFor({ timeout: 60_000 }) // the elements are built when they are first asked for
    expect(ratioOf(await drawn.textContent())).toBeCloseTo(Number((await askNrr())?.value), 3)
    await visitor.locator('nobishiro-metric-card .nobishiro-state-ready').waitFor()
    await visitor.locator('nobishiro-nrr-gauge').getByRole('button', { name: '内訳' }).click()
    await visitor.locator('nobishiro-nrr-gauge dialog[open] .nobishiro-bridge').waitFor()
    expect(complaints.filter((text) => !text.includes('favicon'))).toEqual([])
  } finally {
    await visitor.close()
    await host.close()
  }
})

it('sums over the ledger that share no code with the metrics give the same terms', async () => {
  const nrr = await askNrr()
  expect(await server.stop()).toBe(0)
  const { code, stdout } = await runCommand(['verify', '--json'], { NOBISHIRO_DATA_DIR: folder })
  expect(code).toBe(0)
  const [{ reporting }] = JSON.parse(stdout) as [
    { reporting: { month: string; cohortOpening: string; cohortClosing: string }[] },
  ]
  const month = reporting.find(({ month }) => nrr?.period.start.startsWith(month))
  // The demo tenant reports in yen, which has no minor unit.
  expect(month).toMatchObject({ cohortOpening: nrr?.denominator.value, cohortClosing: nrr?.numerator.value })
})
