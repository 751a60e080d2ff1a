import { useEffect, useState } from 'react'
import { StoryView } from '../src/testing/story.tsx'
import { allStories, type NamedStory } from './all-stories.ts'
import { usePress } from './bare.tsx'

const THEMES = ['light', 'dark'] as const
const LOCALES = ['en', 'ja'] as const
const WIDTHS = [280, 360, 480, 800] as const
const widgets = ['all', ...new Set(allStories.map(({ widget }) => widget))]

/** A switch's first position, from the address: ?widget=nrr-gauge&theme=dark */
function chosen<T extends string | number>(name: string, options: readonly T[], otherwise: T): T {
  const asked = new URLSearchParams(location.search).get(name)
  return options.find((option) => String(option) === asked) ?? otherwise
}

/** Every story, with switches for what a host may choose. */
export function Gallery() {
  const [theme, setTheme] = useState(chosen('theme', THEMES, 'light'))
  const [locale, setLocale] = useState(chosen('locale', LOCALES, 'en'))
  const [width, setWidth] = useState(chosen('width', WIDTHS, 480))
  const [widget, setWidget] = useState(chosen('widget', widgets, 'all'))
  useEffect(() => {
    document.body.dataset['theme'] = theme
  }, [theme])
  const shown = allStories.filter((entry) => widget === 'all' || entry.widget === widget)
  return (
    <>
      <nav className="switches">
        <Switch options={widgets} value={widget} onChange={setWidget} />
        <Switch options={THEMES} value={theme} onChange={setTheme} />
        <Switch options={LOCALES} value={locale} onChange={setLocale} />
        <Switch options={WIDTHS} value={width} onChange={setWidth} />
      </nav>
      <main className="gallery">
        {shown.map((entry) => (
          <figure key={`${entry.widget}/${entry.name}`} style={{ width }}>
            <figcaption>{`${entry.widget} · ${entry.name}`}</figcaption>
            <Shown key={`${locale}`} entry={entry} theme={theme} locale={locale} />
          </figure>
        ))}
      </main>
    </>
  )
}

function Shown({ entry, theme, locale }: { entry: NamedStory; theme: 'light' | 'dark'; locale: string }) {
  const ref = usePress(entry.story.press === 'explain' ? undefined : entry.story.press)
  return (
    <div ref={ref}>
      <StoryView story={entry.story} theme={theme} locale={locale} />
    </div>
  )
}

function Switch<T extends string | number>(props: { options: readonly T[]; value: T; onChange: (value: T) => void }) {
  return (
    <span className="switch">
      {props.options.map((option) => (
        <button key={option} type="button" aria-pressed={option === props.value} onClick={() => props.onChange(option)}>
          {option}
        </button>
      ))}
    </span>
  )
}
