import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { openBrowser } from '../api/src/testing/e2e/browser.ts'
import { newFolder, startServer } from '../api/src/testing/e2e/server.ts'
import { root } from '../api/src/testing/root.ts'
import { saveScreenshots } from '../widgets/preview/screenshots.ts'

// `pnpm screenshots [console | part of a name]`: pictures of the console's pages and of every story, in screenshots/, for
// looking at.
const only = process.argv[2]
const all = ['revenue', 'metrics', 'customers', 'settings']
const pages = only === 'console' ? all : all.filter((name) => !only || name.includes(only))
const folder = join(root, 'screenshots')
const SETTLED_MS = 300

if (pages.length > 0) console.log(`${await saveConsole(join(folder, 'console'))} pictures of the console`)
if (only !== 'console') {
  const into = join(folder, 'widgets')
  console.log(`${await saveScreenshots({ into, ...(only ? { only } : {}) })} pictures of widgets`)
}
console.log(`in ${folder}`)

/**
 * The page is the one asked for and nothing of it is loading, now and a moment later. A change of the hash alone loads no document to
 * wait for, and a live page always has a request under way.
 */
async function settled(page: Page, name: string): Promise<void> {
  await page.locator(`nav [aria-current="page"][href="#/${name}"]`).waitFor()
  const isQuiet = () => page.waitForFunction(() => document.querySelector('[aria-busy="true"], .skeleton') === null)
  await isQuiet()
  await page.waitForTimeout(SETTLED_MS)
  await isQuiet()
}

/** Pages of the console on the demo tenant, in two themes, two languages and two widths. */
async function saveConsole(into: string): Promise<number> {
  const dataDir = newFolder()
  const server = await startServer(dataDir)
  const browser = await openBrowser()
  let count = 0
  await mkdir(into, { recursive: true })
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const locale of ['en', 'ja']) {
      for (const width of [390, 1280]) {
        const context = await browser.newContext({ colorScheme, locale, viewport: { width, height: 1000 } })
        const page = await context.newPage()
        for (const name of pages) {
          await page.goto(`${server.url}/#/${name}`)
          await settled(page, name)
          await page.screenshot({ path: join(into, `${name}.${colorScheme}.${locale}.${width}.png`), fullPage: true })
          count += 1
        }
        await context.close()
      }
    }
  }
  await browser.close()
  await server.stop()
  await rm(dataDir, { recursive: true })
  return count
}
