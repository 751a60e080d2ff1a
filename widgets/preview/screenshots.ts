import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright'
import { createServer } from 'vite'

const THEMES = ['light', 'dark']
const LOCALES = ['en', 'ja']
const WIDTHS = [280, 360, 480, 800]

const browsers = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

export interface ScreenshotOptions {
  /** Folder that receives the files. */
  into: string
  /** Only stories whose id contains this. */
  only?: string
  themes?: string[]
  locales?: string[]
  widths?: number[]
}

/** Saves a picture of every story in every theme, language and width. Gives the number of files. */
export async function saveScreenshots(options: ScreenshotOptions): Promise<number> {
  const { into, only = '', themes = THEMES, locales = LOCALES, widths = WIDTHS } = options
  const server = await createServer({
    configFile: join(import.meta.dirname, 'vite.config.ts'),
    server: { port: 0, hmr: false, watch: null },
  })
  await server.listen()
  const address = server.resolvedUrls?.local[0] ?? ''
  const executablePath = process.env['CHROMIUM_PATH'] ?? browsers.find((path) => existsSync(path))
  const browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: ['--no-sandbox', '--font-render-hinting=none'],
  })
  let count = 0
  try {
    await mkdir(into, { recursive: true })
    const page = await browser.newPage({ deviceScaleFactor: 2, reducedMotion: 'reduce' })
    page.on('pageerror', (error) => console.error(String(error)))
    page.on('console', (message) => message.type() === 'error' && console.error(message.text()))
    await page.goto(address)
    await page.waitForFunction(() => 'nobishiroStories' in window, null, { timeout: 60_000 })
    const ids = (await page.evaluate('window.nobishiroStories')) as string[]
    for (const id of ids.filter((known) => known.includes(only))) {
      for (const theme of themes) {
        for (const locale of locales) {
          const query = new URLSearchParams({ story: id, theme, locale, width: String(widths[0] ?? 480) })
          await page.goto(`${address}?${query}`)
          await page.waitForSelector('.nobishiro-widget')
          for (const width of widths) {
            await show(page, id, width)
            const name = `${id.replace('/', '--').replaceAll(' ', '-')}.${theme}.${locale}.${width}.png`
            await page.screenshot({ path: join(into, name), fullPage: !isDrawer(id) })
            count++
          }
        }
      }
    }
  } finally {
    await browser.close()
    await server.close()
  }
  return count
}

const isDrawer = (id: string) => id.includes('explain drawer')

/** Gives the story's frame a width, the page a size around it, and the drawing a moment to follow. */
async function show(page: Page, id: string, width: number): Promise<void> {
  const size = isDrawer(id) ? { width: Math.max(width + 32, 560), height: 960 } : { width: width + 32, height: 200 }
  await page.setViewportSize(size)
  await page.evaluate((pixels) => {
    const frame = document.querySelector<HTMLElement>('.bare')
    if (frame) frame.style.width = `${pixels}px`
  }, width)
  if (isDrawer(id)) await page.waitForSelector('dialog[open]')
  await page.waitForTimeout(isDrawer(id) ? 250 : 60)
}
