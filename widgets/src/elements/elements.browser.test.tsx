import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import * as everything from '../index.ts'

/** Everything that a page can do to what it did not write. */
const HOSTILE = '* { all: unset !important; color: red !important } section, svg, button { display: none !important }'
const PATIENCE = { timeout: 10_000 }

beforeEach(() => {
  document.head.innerHTML += '<style id="hostile"></style>'
})
afterEach(() => {
  document.body.innerHTML = ''
  document.getElementById('hostile')?.remove()
  vi.restoreAllMocks()
})

const show = (html: string) => {
  document.body.innerHTML = html
  return document.body.firstElementChild as HTMLElement
}
const inside = (name: string, selector: string) =>
  document.querySelector(name)?.shadowRoot?.querySelector<HTMLElement>(selector) ?? null
const ready = (name: string) => expect.poll(() => inside(name, '.nobishiro-state-ready'), PATIENCE).toBeTruthy()

describe('elements on a page', () => {
  it('that are there before they are defined show their widgets, each property that was set early among them', async () => {
    const provider = show(
      '<nobishiro-provider sandbox locale="ja"><p><nobishiro-nrr-gauge target="1.2"></nobishiro-nrr-gauge></p><nobishiro-metric-card></nobishiro-metric-card><nobishiro-strategy-mix bucket="QUARTER"></nobishiro-strategy-mix></nobishiro-provider>',
    )
    const card = provider.querySelector('nobishiro-metric-card') as HTMLElement & { metric?: string }
    card.metric = 'arpa'
    await import('./index.ts')
    await ready('nobishiro-nrr-gauge')
    await ready('nobishiro-metric-card')
    await ready('nobishiro-strategy-mix')
    expect(inside('nobishiro-strategy-mix', 'thead th')?.textContent).toBe('四半期')
    expect(inside('nobishiro-nrr-gauge', '.nobishiro-widget')?.lang).toBe('ja')
    expect(card.shadowRoot?.textContent).toContain('アカウント平均')
    expect(card.metric).toBe('arpa')
  })

  describe('once they are defined', () => {
    beforeAll(() => import('./index.ts'))

    it('are there for every widget', () => {
      const widgets = Object.keys(everything).filter((name) => /^[A-Z]/.test(name) && name !== 'NobishiroProvider')
      const elements = widgets.map((name) => {
        const words = name.replace(/Chart$/, '').replace(/(?!^)[A-Z]/g, '-$&')
        return `nobishiro-${words.toLowerCase()}`
      })
      expect(elements.length).toBeGreaterThanOrEqual(4)
      expect(elements.filter((name) => !customElements.get(name))).toEqual([])
    })

    it('look the same under any stylesheet of the page, and the page as before', async () => {
      show('<nobishiro-provider sandbox><nobishiro-nrr-gauge></nobishiro-nrr-gauge></nobishiro-provider>')
      await ready('nobishiro-nrr-gauge')
      const looks = () => {
        const [title, svg] = ['.nobishiro-title', 'svg'].map(
          (name) => inside('nobishiro-nrr-gauge', name) as HTMLElement,
        )
        const { fontSize, color } = getComputedStyle(title as HTMLElement)
        return [fontSize, color, getComputedStyle(svg as HTMLElement).display]
      }
      const before = looks()
      const hostile = document.getElementById('hostile') as HTMLElement
      hostile.textContent = HOSTILE
      expect(looks()).toEqual(before)
      hostile.textContent = ''
      expect(document.adoptedStyleSheets).toEqual([])
    })

    it('follow their attributes and properties', async () => {
      const provider = show(
        '<nobishiro-provider sandbox><nobishiro-metric-card metric="mrr"></nobishiro-metric-card><nobishiro-seat-growth landings="0"></nobishiro-seat-growth></nobishiro-provider>',
      )
      await ready('nobishiro-metric-card')
      await ready('nobishiro-seat-growth')
      const title = () => inside('nobishiro-metric-card', '.nobishiro-title')?.textContent
      const months = () =>
        document.querySelector('nobishiro-seat-growth')?.shadowRoot?.querySelectorAll('table tbody tr').length
      const [first, twelve] = [title(), months()]
      provider.querySelector('nobishiro-metric-card')?.setAttribute('metric', 'quickRatio')
      await expect.poll(title, PATIENCE).not.toBe(first)
      const chart = provider.querySelector('nobishiro-seat-growth') as HTMLElement & { range?: object }
      chart.range = { start: '2024-11-01', end: '2026-11-01' }
      await expect.poll(months, PATIENCE).toBe(24)
      Reflect.set(chart, 'range', undefined)
      await expect.poll(months, PATIENCE).toBe(twelve)
      chart.setAttribute('start', '2024-11-01')
      chart.setAttribute('end', '2026-11-01')
      await expect.poll(months, PATIENCE).toBe(24)
      provider.setAttribute('locale', 'ja')
      await expect.poll(() => inside('nobishiro-metric-card', '.nobishiro-widget')?.lang).toBe('ja')
    })

    it('tell the page what was chosen, and what the provider says', async () => {
      const provider = show(
        '<nobishiro-provider sandbox><nobishiro-nrr-gauge></nobishiro-nrr-gauge></nobishiro-provider>',
      )
      const [chosen, said] = [vi.fn(), vi.fn()]
      provider.addEventListener('nobishiro-select', (event) => chosen((event as CustomEvent).detail))
      provider.addEventListener('nobishiro-event', (event) => said((event as CustomEvent).detail.type))
      await expect
        .poll(() => inside('nobishiro-nrr-gauge', '.nobishiro-gauge-arc [role="button"]'), PATIENCE)
        .toBeTruthy()
      inside('nobishiro-nrr-gauge', '.nobishiro-gauge-arc [role="button"]')?.dispatchEvent(
        new MouseEvent('click', { bubbles: true, composed: true }),
      )
      expect(chosen).toHaveBeenCalledWith(expect.objectContaining({ nrr: expect.any(Number) }))
      await expect.poll(() => inside('nobishiro-nrr-gauge', 'dialog[open] .nobishiro-bridge'), PATIENCE).toBeTruthy()
      expect(said).toHaveBeenCalledWith('explain')
    })

    it('give the focus back when a sheet closes, and walk a menu by its keys', async () => {
      show('<nobishiro-provider sandbox><nobishiro-nrr-gauge></nobishiro-nrr-gauge></nobishiro-provider>')
      await ready('nobishiro-nrr-gauge')
      const shadow = document.querySelector('nobishiro-nrr-gauge')?.shadowRoot as ShadowRoot
      await page.getByRole('button', { name: 'Explain' }).click()
      await expect.poll(() => inside('nobishiro-nrr-gauge', 'dialog[open] .nobishiro-bridge'), PATIENCE).toBeTruthy()
      await userEvent.keyboard('{Escape}')
      await expect.poll(() => shadow.querySelector('dialog[open]')).toBeNull()
      expect(shadow.activeElement?.textContent).toContain('Explain')

      const menu = shadow.querySelector<HTMLElement>('.nobishiro-icon-button')
      menu?.click()
      await expect.poll(() => shadow.querySelector('[role="menuitem"]')).toBeTruthy()
      const items = [...shadow.querySelectorAll('[role="menuitem"]')]
      await expect.poll(() => shadow.activeElement).toBe(items[0])
      await userEvent.keyboard('{ArrowDown}')
      expect(shadow.activeElement).toBe(items[1])
      await userEvent.click(document.body, { position: { x: 1, y: 1 } })
      await expect.poll(() => shadow.querySelector('[role="menuitem"]')).toBeNull()
    })

    it('come and go, and move, and share one provider', async () => {
      const provider = show('<nobishiro-provider sandbox><div></div></nobishiro-provider>')
      const gauge = document.createElement('nobishiro-nrr-gauge')
      provider.firstElementChild?.append(gauge)
      await ready('nobishiro-nrr-gauge')
      provider.append(gauge)
      await ready('nobishiro-nrr-gauge')
      gauge.remove()
      await expect.poll(() => gauge.shadowRoot?.querySelector('section')).toBeNull()
      provider.append(gauge, document.createElement('nobishiro-seat-growth'))
      await ready('nobishiro-nrr-gauge')
      await ready('nobishiro-seat-growth')
      const holder = document.createElement('main')
      document.body.append(holder)
      holder.append(provider)
      await ready('nobishiro-nrr-gauge')
      provider.remove()
      await expect.poll(() => gauge.shadowRoot?.querySelector('section')).toBeNull()
    })

    it('find their provider around the shadow root of an element of the page', async () => {
      const provider = show('<nobishiro-provider sandbox><div></div></nobishiro-provider>')
      const own = provider.firstElementChild?.attachShadow({ mode: 'open' })
      const gauge = document.createElement('nobishiro-nrr-gauge')
      own?.append(gauge)
      await expect.poll(() => gauge.shadowRoot?.querySelector('.nobishiro-state-ready'), PATIENCE).toBeTruthy()
    })

    it('say what is missing or cannot be read', async () => {
      const logged = vi.spyOn(console, 'error').mockImplementation(() => {})
      show('<nobishiro-nrr-gauge></nobishiro-nrr-gauge>')
      await expect
        .poll(() => document.querySelector('nobishiro-nrr-gauge')?.shadowRoot?.textContent)
        .toBe('<nobishiro-nrr-gauge> needs a <nobishiro-provider> around it.')
      show('<nobishiro-provider sandbox><nobishiro-nrr-gauge target="much"></nobishiro-nrr-gauge></nobishiro-provider>')
      await expect.poll(() => logged.mock.calls.flat().join(' ')).toContain('target="much" is not a number.')
    })

    it('ask the page for a session, as whoever is signed in there', async () => {
      const asked = vi.spyOn(globalThis, 'fetch').mockImplementation(async () => new Response('', { status: 403 }))
      show(
        '<nobishiro-provider session-url="/my-session" url="/graphql"><nobishiro-nrr-gauge></nobishiro-nrr-gauge></nobishiro-provider>',
      )
      await expect
        .poll(() => asked.mock.calls[0], PATIENCE)
        .toEqual(['/my-session', { method: 'POST', credentials: 'same-origin' }])
    })
  })
})
