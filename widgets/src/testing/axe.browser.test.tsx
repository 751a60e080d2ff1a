import axe from 'axe-core'
import { afterEach, describe, expect, it } from 'vitest'
import { draw, wipe } from './in-browser.tsx'
import { storyList } from './story-list.ts'

afterEach(wipe)

describe.each(storyList)('%s', (_name, story) => {
  it.each([
    ['light', 'en', 800],
    ['dark', 'ja', 480],
    ['light', 'ja', 280],
  ] as const)('has nothing to complain about for axe: %s, %s, %i px', async (theme, locale, width) => {
    document.body.style.background = theme === 'dark' ? '#0d1210' : '#f3f5f4'
    const frame = await draw(story, { theme, locale, width })
    const { violations } = await axe.run(frame, { resultTypes: ['violations'] })
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
    expect(found).toEqual([])
  })
})
