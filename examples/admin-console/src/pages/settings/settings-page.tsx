import { Choice } from '../../parts/choice.tsx'
import { PageTitle } from '../../parts/page-title.tsx'
import { locales, themes, usePreferences, useText } from '../../preferences.ts'
import { DataStatus } from './data-status.tsx'
import { SessionStatus } from './session-status.tsx'

const languages = { en: 'English', ja: '日本語' }

export function SettingsPage() {
  const { settings } = useText()
  const { locale, theme, choose } = usePreferences()
  return (
    <div className="settings">
      <PageTitle title={settings.title} />
      <section className="card" aria-labelledby="appearance">
        <h2 id="appearance">{settings.appearance}</h2>
        <div className="choices">
          <Choice
            name="language"
            label={settings.language}
            value={locale}
            options={locales.map((value) => ({ value, label: languages[value], lang: value }))}
            onChange={(value) => choose({ locale: value })}
          />
          <Choice
            name="theme"
            label={settings.theme}
            value={theme}
            options={themes.map((value) => ({ value, label: settings.themes[value] }))}
            onChange={(value) => choose({ theme: value })}
          />
        </div>
      </section>
      <SessionStatus />
      <DataStatus />
    </div>
  )
}
