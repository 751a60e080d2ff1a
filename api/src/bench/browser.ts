import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import type { Browser, Page } from 'playwright'
import { build } from 'vite'
import { createDatabase, dropAll } from '../testing/db.ts'
import { openBrowser } from '../testing/e2e/browser.ts'
import { root } from '../testing/root.ts'
import { type Bench, benchOf, type Measured } from './bench-of.ts'
import { atMost, type Figure } from './figure.ts'
import { figuresTable } from './figures-table.ts'
import { largeTenant } from './large-tenant.ts'
import { median, spellCount, whole } from './numbers.ts'
import { planted } from './plant.ts'
import { startSide } from './side-process.ts'

type Options = { accounts: string; rounds: string; slower: string }

const TARGETS = { interactive: 1, requests: 1, updated: 2 } as const
const WIDGETS = 6
const TIMEOUT_MS = 60_000

/** `pnpm bench browser` */
export function browserBench(): Bench {
  const command = new Command('browser')
    .description('Six widgets in Chromium on a slowed processor, and what arrives until it is on the screen')
    .option('--accounts <count>', 'accounts of the generated tenant', '20000')
    .option('--rounds <count>', 'times that each is measured; the median counts', '5')
    .option('--slower <times>', "of the browser's processor", '4')
    .addHelpText('after', '\nRuns on PostgreSQL: TEST_DATABASE_URL, or 127.0.0.1:5432. Makes a database and drops it.')
  return benchOf(command, measure)
}

async function measure(options: Options): Promise<Measured> {
  const accounts = whole(options.accounts, '--accounts')
  const [turns, slower] = [whole(options.rounds, '--rounds'), whole(options.slower, '--slower')]
  const folder = await mkdtemp(join(tmpdir(), 'nobishiro-bench-'))
  const databases: string[] = []
  const tenant = largeTenant(accounts)
  const url = await createDatabase(databases)
  try {
    const key = await planted(url, tenant, 'admin')
    await buildPage(folder)
    await writeFile(join(folder, 'empty.html'), '<!doctype html><title>Nothing</title>')
    const server = await startSide(new URL('./serve-ours.ts', import.meta.url), [
      ...[url, tenant.now.toISOString(), '20', folder, key],
    ])
    const browser = await openBrowser()
    try {
      const field = { browser, url: server.url, key, slower, turns }
      const found = {
        emptyMs: await empty(field),
        widgets: await opened(field, 'six.html'),
        cards: await opened(field, 'six.html?cards'),
        updatedMs: await updated(field),
      }
      return {
        text: figuresTable(figuresOf(found, slower)),
        value: { accounts, slower, ...found },
        scale: `${spellCount(accounts)} accounts, a processor slowed ${slower} times, ${turns} turns`,
        figures: figuresOf(found, slower),
      }
    } finally {
      await browser.close()
      await server.stop()
    }
  } finally {
    await rm(folder, { recursive: true })
    await dropAll(databases)
  }
}

function buildPage(outDir: string): Promise<unknown> {
  const preview = join(root, 'widgets/preview')
  return build({
    configFile: join(preview, 'vite.config.ts'),
    logLevel: 'error',
    build: { outDir, emptyOutDir: true, rolldownOptions: { input: join(preview, 'six.html') } },
  })
}

type Field = { browser: Browser; url: string; key: string; slower: number; turns: number }
type Opened = { interactiveMs: number; requests: number }

/** A page of the same server with nothing on it. */
async function empty({ browser, url, slower, turns }: Field): Promise<number> {
  const times: number[] = []
  for (let turn = -1; turn < turns; turn += 1) {
    const page = await browser.newPage()
    await slow(page, slower)
    const began = performance.now()
    await page.goto(`${url}/empty.html`)
    if (turn >= 0) times.push(performance.now() - began)
    await page.close()
  }
  return median(times)
}

/** From an empty browser to six widgets drawn and a drawer that opens; the server has answered the same before. */
async function opened({ browser, url, slower, turns }: Field, path: string): Promise<Opened> {
  const times: number[] = []
  let untilDrawn = 0
  for (let turn = -1; turn < turns; turn += 1) {
    const context = await browser.newContext()
    const page = await context.newPage()
    let requests = 0
    page.on('request', (request) => {
      if (request.url().endsWith('/graphql') && request.headers()['accept'] !== 'text/event-stream') requests += 1
    })
    await slow(page, slower)
    const began = performance.now()
    await page.goto(`${url}/${path}`, { waitUntil: 'commit' })
    await drawn(page)
    untilDrawn = requests
    await page.getByRole('button', { name: 'Explain' }).first().click()
    await page.getByRole('dialog').waitFor({ timeout: TIMEOUT_MS })
    if (turn >= 0) times.push(performance.now() - began)
    await context.close()
  }
  return { interactiveMs: median(times), requests: untilDrawn }
}

async function slow(page: Page, rate: number): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate })
}

/** Every widget shows what it asked for. */
const drawn = (page: Page) =>
  page
    .locator('.nobishiro-state-ready')
    .nth(WIDGETS - 1)
    .waitFor({ timeout: TIMEOUT_MS })

/** From an event that is sent to another number on a page that was open. */
async function updated({ browser, url, key, turns }: Field): Promise<number> {
  const page = await browser.newPage()
  await page.goto(`${url}/six.html`)
  await drawn(page)
  const number = page.getByRole('region', { name: /^MRR/ }).locator('.nobishiro-svg-text-large').first()
  const times: number[] = []
  for (let turn = -1; turn < turns; turn += 1) {
    const before = (await number.textContent()) ?? ''
    const began = performance.now()
    await deliver(url, key, turn)
    await number.filter({ hasNotText: new RegExp(`^${before}$`) }).waitFor({ timeout: TIMEOUT_MS })
    if (turn >= 0) times.push(performance.now() - began)
  }
  await page.close()
  return median(times)
}

/** One more customer, large enough to be seen in a number of three digits. */
async function deliver(url: string, key: string, turn: number): Promise<void> {
  const event = {
    ...{ kind: 'subscription', id: `late-${turn}`, account: `latecomer-${turn}`, subscription: `late-${turn}` },
    ...{ at: '2026-10-31T12:00:00Z', status: 'active', currency: 'USD' },
    items: [{ item: 'seats', product: 'late', quantity: 1, unitAmount: 10_000_000_000 }],
  }
  const response = await fetch(`${url}/ingest/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify([event]),
  })
  const text = await response.text()
  if (!text.includes('ACCEPTED')) throw new Error(`The event was not accepted: ${response.status} ${text}`)
}

type Found = { emptyMs: number; widgets: Opened; cards: Opened; updatedMs: number }

function figuresOf({ emptyMs, widgets, cards, updatedMs }: Found, slower: number): Figure[] {
  const seconds = (ms: number) => ({ value: ms / 1_000, unit: 's' as const })
  const page = (what: string, { interactiveMs, requests }: Opened): Figure[] => [
    {
      what: `${what}: from an empty browser to a drawer that opens, processor slowed ${slower} times`,
      ours: seconds(interactiveMs),
      baseline: { name: 'an empty page of the same server', ...seconds(emptyMs) },
      target: atMost(TARGETS.interactive),
      limit:
        'One after the other: React and the widgets are read, a session is fetched, the answer is asked for and drawn.',
    },
    {
      what: `requests of ${what}`,
      ours: { value: requests, unit: 'requests' },
      target: atMost(TARGETS.requests),
      limit: 'What is asked for after the first turn of the event loop goes by itself.',
    },
  ]
  return [
    ...page('six cards', cards),
    ...page('three cards, a gauge, a waterfall and a chart of seats', widgets),
    {
      what: 'event received to another number on an open page',
      ours: seconds(updatedMs),
      target: atMost(TARGETS.updated),
      limit: 'The version is looked up every half second, and the facts of the tenant are loaded anew.',
    },
  ]
}
