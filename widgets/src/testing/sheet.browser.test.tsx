import { afterEach, describe, expect, it } from 'vitest'
import { userEvent } from 'vitest/browser'
import { draw, until, wipe } from './in-browser.tsx'
import { storyList } from './story-list.ts'

afterEach(wipe)

const storyOf = (name: string) => {
  const found = storyList.find(([known]) => known === name)
  if (!found) throw new Error(`no story ${name}`)
  return found[1]
}

describe('the explain drawer in a browser', () => {
  it('is 480 pixels wide at the right edge, over everything', async () => {
    const frame = await draw(storyOf('gauge: explain drawer'))
    const box = frame.querySelector('dialog')?.getBoundingClientRect()
    expect(box?.right).toBe(document.documentElement.clientWidth)
    expect(box?.width).toBe(Math.min(480, document.documentElement.clientWidth))
    expect(frame.querySelector('dialog')?.matches(':modal')).toBe(true)
  })

  it('closes on Esc and gives the focus back to what opened it', async () => {
    const frame = await draw(storyOf('gauge: explain drawer'))
    await userEvent.keyboard('{Escape}')
    await until(() => !frame.querySelector('dialog'), 'the drawer to close')
    expect(document.activeElement?.textContent).toContain('Explain')
  })

  it('gives the focus back to a part of the picture too', async () => {
    const { press: _press, ...story } = storyOf('gauge: explain drawer')
    const frame = await draw(story)
    const grown = await until(() => frame.querySelector<SVGElement>('[aria-label^="Grown"]'), 'the part')
    grown.focus()
    await userEvent.keyboard('{Enter}')
    await until(() => frame.querySelector('dialog[open] table'), 'the drawer')
    expect(frame.querySelector('dialog caption')?.textContent).toBe('Accounts that expanded')
    await userEvent.keyboard('{Escape}')
    await until(() => !frame.querySelector('dialog'), 'the drawer to close')
    expect(document.activeElement).toBe(grown)
  })

  it('keeps the focus inside while it is open', async () => {
    const frame = await draw(storyOf('gauge: explain drawer'))
    const sheet = frame.querySelector('dialog')
    for (let tabs = 0; tabs < 40; tabs++) {
      await userEvent.keyboard('{Tab}')
      const { activeElement } = document
      expect(activeElement === document.body || sheet?.contains(activeElement)).toBe(true)
    }
  })
})

describe('a widget that loads', () => {
  it.each([
    ['gauge: loading', 'gauge: ready'],
    ['waterfall: loading', 'waterfall: ready'],
    ['seats: loading', 'seats: ready'],
    ['card: loading', 'card: ready'],
    ['mix: loading', 'mix: ready'],
    ['cohorts: loading', 'cohorts: ready'],
  ])('takes the place it will need: %s, %s', async (loading, ready) => {
    for (const width of [480, 800]) {
      const height = async (name: string) => {
        const frame = await draw(storyOf(name), { width })
        const size = frame.getBoundingClientRect().height
        wipe()
        return size
      }
      expect(await height(loading)).toBe(await height(ready))
    }
  })
})

describe('every story', () => {
  it.each(storyList)('stays inside its width: %s', async (_name, { press: _press, ...story }) => {
    for (const [width, locale] of [
      [280, 'en'],
      [280, 'ja'],
      [360, 'ja'],
      [480, 'en'],
      [800, 'ja'],
    ] as const) {
      const frame = await draw(story, { width, locale })
      const { left, right } = frame.getBoundingClientRect()
      const outside = [...frame.querySelectorAll('.nobishiro-card *')].filter((element) => {
        const box = element.getBoundingClientRect()
        return (
          !element.closest('.nobishiro-hidden, .nobishiro-cohort-scroll *') &&
          box.width > 1.5 &&
          (box.right > right + 0.5 || box.left < left - 0.5)
        )
      })
      expect(outside.map((element) => `${width} ${locale} ${element.outerHTML.slice(0, 120)}`)).toEqual([])
      wipe()
    }
  })
})
