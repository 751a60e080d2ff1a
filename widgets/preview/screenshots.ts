import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium } from 'playwright'
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
  const server = await createServer({ configFile: join(import.meta.dirname, 'vite.config.ts'), server: { port: 0 } })
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
          for (const width of widths) {
            const isDrawer = /explain/.test(id)
            await page.setViewportSize({
              width: isDrawer ? Math.max(width, 560) : width + 32,
              height: isDrawer ? 1000 : 400,
            })
            const query = new URLSearchParams({ story: id, theme, locale, width: String(width) })
            await page.goto(`${address}?${query}`)
            await page.waitForSelector('.nobishiro-widget')
            await page.waitForTimeout(isDrawer ? 400 : 60)
            const name = `${id.replace('/', '--').replaceAll(' ', '-')}.${theme}.${locale}.${width}.png`
            await (isDrawer ? page : page.locator('.bare')).screenshot({ path: join(into, name) })
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
