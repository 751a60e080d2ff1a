import { en, englishTerms, type Messages } from './en.ts'
import { ja, japaneseTerms } from './ja.ts'
import type { Terms, TermsOption } from './terms.ts'

/** Languages the widgets speak. */
export type Language = 'en' | 'ja'

const catalogues: Record<Language, Messages> = { en, ja }

/** The language of a BCP 47 locale: Japanese, or else English. */
export function languageOf(locale: string): Language {
  return /^ja\b/i.test(locale) ? 'ja' : 'en'
}

/** The texts of a language. */
export function messagesOf(language: Language): Messages {
  return catalogues[language]
}

/** The tenant's terms: its choice over the language's default. */
export function termsOf(language: Language, option: TermsOption | undefined): Terms {
  const defaults = language === 'ja' ? japaneseTerms['売上継続率'] : englishTerms
  if (option === undefined) return defaults
  if (typeof option === 'string') return language === 'ja' ? japaneseTerms[option] : defaults
  return { ...defaults, ...option }
}
