import { createRoot, type Root } from 'react-dom/client'
import '../styles.css'
import type { SettingsProps } from '../provider/settings-provider.tsx'
import { type Story, StoryView } from './story.tsx'

// Nothing moves while it is measured.
const still = document.createElement('style')
still.textContent = '* { animation: none !important }'
document.head.append(still)

let mounted: { root: Root; frame: HTMLElement }[] = []

const BUTTONS = {
  explain: '.nobishiro-foot-actions [aria-haspopup="dialog"]',
  menu: '[aria-haspopup="menu"]',
}

/** Waits until a condition gives something. */
export async function until<T>(condition: () => T | null | undefined | false, what: string): Promise<T> {
  const start = performance.now()
  for (;;) {
    const found = condition()
    if (found) return found
    if (performance.now() - start > 5000) throw new Error(`Waited in vain for ${what}.`)
    await new Promise((resolve) => setTimeout(resolve, 16))
  }
}

/** Draws a story in the page, at a width, and waits until it stands. */
export async function draw(story: Story, settings: SettingsProps & { width?: number } = {}): Promise<HTMLElement> {
  const { width = 480, ...props } = settings
  const frame = document.createElement('div')
  frame.className = 'host'
  frame.style.width = `${width}px`
  document.body.append(frame)
  const root = createRoot(frame)
  mounted.push({ root, frame })
  root.render(<StoryView story={story} {...props} />)
  const isPending = Object.values(story.answers).includes('pending')
  const settled = isPending ? '.nobishiro-widget' : '.nobishiro-widget:not(.nobishiro-state-loading)'
  await until(() => frame.querySelector(settled), 'the widget')
  if (story.press) {
    const button = await until(() => frame.querySelector<HTMLElement>(BUTTONS[story.press as 'menu']), 'the button')
    button.focus()
    button.click()
    const opened = story.press === 'menu' ? '[role="menu"]' : 'dialog[open] table, dialog[open] .nobishiro-message'
    await until(() => frame.querySelector(opened), 'what it opens')
  }
  return frame
}

/** Takes everything drawn off the page. */
export function wipe(): void {
  for (const { root, frame } of mounted) {
    root.unmount()
    frame.remove()
  }
  mounted = []
}
