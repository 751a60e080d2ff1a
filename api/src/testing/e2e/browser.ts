import { type Browser, chromium } from 'playwright'
import { CHROMIUM_ARGS, findChromium } from '../chromium.ts'

/** The installed browser. */
export function openBrowser(): Promise<Browser> {
  const executablePath = findChromium()
  return chromium.launch({ args: CHROMIUM_ARGS, ...(executablePath ? { executablePath } : {}) })
}
