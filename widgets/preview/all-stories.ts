import type { Stories, Story } from '../src/testing/story.tsx'

const files = import.meta.glob<{ stories: Stories }>('../src/**/*.story.tsx', { eager: true })

export interface NamedStory {
  widget: string
  name: string
  story: Story
}

/** Every story of every *.story.tsx. */
export const allStories: NamedStory[] = Object.entries(files).flatMap(([path, { stories }]) => {
  const widget = path.replace(/^.*\//, '').replace('.story.tsx', '')
  return Object.entries(stories).map(([name, story]) => ({ widget, name, story }))
})
