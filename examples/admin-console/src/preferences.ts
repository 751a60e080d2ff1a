import { createContext, useContext } from 'react'
import type { Text } from './text/en.ts'
import { en } from './text/en.ts'
import { ja } from './text/ja.ts'

export const locales = ['en', 'ja'] as const
export const themes = ['system', 'light', 'dark'] as const
export type Locale = (typeof locales)[number]
export type Theme = (typeof themes)[number]

export interface Preferences {
  locale: Locale
  theme: Theme
}

const texts: Record<Locale, Text> = { en, ja }
const key = 'hibiki-admin'

/** What was chosen last time, else what the browser says. */
export function loadPreferences(): Preferences {
  const preferred: Preferences = { locale: navigator.language.startsWith('ja') ? 'ja' : 'en', theme: 'system' }
  try {
    const stored = JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Preferences>
    return {
      locale: locales.find((locale) => locale === stored.locale) ?? preferred.locale,
      theme: themes.find((theme) => theme === stored.theme) ?? preferred.theme,
    }
  } catch {
    return preferred // storage is blocked or holds something else
  }
}

export function savePreferences(preferences: Preferences) {
  try {
    localStorage.setItem(key, JSON.stringify(preferences))
  } catch {
    // Storage is blocked: the choice lasts as long as the page.
  }
}

export interface PreferencesValue extends Preferences {
  choose: (change: Partial<Preferences>) => void
}

export const PreferencesContext = createContext<PreferencesValue>({ locale: 'en', theme: 'system', choose: () => {} })

export const usePreferences = () => useContext(PreferencesContext)

/** The texts of the chosen language. */
export const useText = (): Text => texts[usePreferences().locale]
