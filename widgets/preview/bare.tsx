import { useEffect, useRef } from 'react'
import { type Story, StoryView } from '../src/testing/story.tsx'
import { allStories } from './all-stories.ts'

const BUTTONS = { explain: '.nobishiro-foot-actions [aria-haspopup="dialog"]', menu: '[aria-haspopup="menu"]' }

/** Presses a story's button as soon as it is there. */
export function usePress(press: Story['press']) {
  const ref = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!press) return
    const timer = setInterval(() => {
      const button = ref.current?.querySelector<HTMLButtonElement>(BUTTONS[press])
      if (!button) return
      clearInterval(timer)
      button.click()
    }, 20)
    return () => clearInterval(timer)
  }, [press])
  return ref
}

/** One story alone, for a screenshot: ?story=nrr-gauge/ready&theme=dark&locale=ja&width=360 */
export function Bare({ id, query }: { id: string; query: URLSearchParams }) {
  const found = allStories.find(({ widget, name }) => `${widget}/${name}` === id)
  const theme = query.get('theme') === 'dark' ? 'dark' : 'light'
  const ref = usePress(found?.story.press)
  useEffect(() => {
    document.body.dataset['theme'] = theme
  }, [theme])
  if (!found) return <p>{`No story ${id}`}</p>
  return (
    <div className="bare" ref={ref} style={{ width: Number(query.get('width') ?? 480) }}>
      <StoryView story={found.story} theme={theme} locale={query.get('locale') ?? 'en'} />
    </div>
  )
}
