import { Unreadable } from './unreadable.ts'

const KNOWN = new Set(Intl.supportedValuesOf('currency'))

/** Reads an ISO 4217 code, in any case. */
export function readCurrency(text: string): string {
  const code = text.toUpperCase()
  if (!KNOWN.has(code)) throw new Unreadable('an ISO 4217 currency code such as USD or JPY')
  return code
}
