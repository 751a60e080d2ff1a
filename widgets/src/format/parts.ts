/** A decimal string as the API sends it, or a number. */
export type Numeric = string | number

/** Thin space that never breaks, between a number and its per-cent sign. */
export const THIN_SPACE = '\u202f'

/** The typographic minus, as wide as a plus. */
export const MINUS = '\u2212'

const cache = new Map<string, Intl.NumberFormat>()

/** A cached number format: building one costs more than using it. */
export function numberFormat(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale} ${JSON.stringify(options)}`
  const known = cache.get(key)
  if (known) return known
  const made = new Intl.NumberFormat(locale, options)
  cache.set(key, made)
  return made
}

/** Formats exactly, also decimals longer than a double, with the typographic minus. */
export function formatNumber(value: Numeric, locale: string, options: Intl.NumberFormatOptions): string {
  // Intl reads a decimal string exactly; the type asks for a numeric literal.
  const parts = numberFormat(locale, options).formatToParts(value as number)
  return parts.map((part) => (part.type === 'minusSign' ? MINUS : part.value)).join('')
}
