import { cleanup, render, waitFor } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { StoryView } from './story.tsx'
import { storyList } from './story-list.ts'

afterEach(cleanup)

async function show(name: string, locale: 'en' | 'ja') {
  const story = storyList.find(([known]) => known === name)?.[1]
  if (!story) throw new Error(`no story ${name}`)
  const { container } = render(<StoryView story={story} locale={locale} />)
  const isPending = Object.values(story.answers).includes('pending')
  await waitFor(() => expect(container.querySelector('.nobishiro-state-loading') !== null).toBe(isPending))
  return container
}

/** Names of accounts, plans and codes, which are not ours to translate. */
const FOREIGN =
  /Aozora|Kitahama Foods|Northwind|Lumen Labs|Sora Bank|Pro|Team|Basic|Standard|Enterprise|Business|MRR|NRR|GRR|CSV|nobishiro|[A-Z]+_[A-Z]+|FORBIDDEN|NETWORK|UNAVAILABLE|req_\w+/g

describe.each(storyList.map(([name]) => name))('%s', (name) => {
  it('gives every element a class of its own', async () => {
    const container = await show(name, 'en')
    const bare = [...container.querySelectorAll('*')].filter(
      (element) => !element.getAttribute('class')?.startsWith('nobishiro-'),
    )
    expect(bare.map((element) => element.outerHTML)).toEqual([])
  })

  it('has no inline style and no number that went wrong', async () => {
    const container = await show(name, 'en')
    expect(container.querySelectorAll('[style]').length).toBe(0)
    expect(container.innerHTML).not.toMatch(/NaN|Infinity|undefined|N\/A|\[object/)
  })

  it('speaks Japanese only, where Japanese is asked for', async () => {
    const container = await show(name, 'ja')
    const spoken = [...container.querySelectorAll('[aria-label]')].map((element) => element.getAttribute('aria-label'))
    const words = [container.textContent, ...spoken].join(' ').replace(FOREIGN, '')
    expect(words.match(/[A-Za-z]{2,}/g)).toBeNull()
  })
})
