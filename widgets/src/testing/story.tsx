import type { ReactElement } from 'react'
import { type SettingsProps, SettingsProvider } from '../provider/settings-provider.tsx'
import { type Answers, fakeClient } from './fake-client.ts'

/** One state of a widget: preview, test and documentation at once. */
export interface Story {
  answers: Answers
  render: () => ReactElement
  /** Presses this button once it is there: opens a drawer or a menu. */
  press?: 'explain' | 'menu'
}

export type Stories = Record<string, Story>

/** A story with its settings. */
export function StoryView({ story, ...settings }: SettingsProps & { story: Story }) {
  return (
    <SettingsProvider timeZone="Asia/Tokyo" {...settings} client={fakeClient(story.answers)}>
      {story.render()}
    </SettingsProvider>
  )
}
