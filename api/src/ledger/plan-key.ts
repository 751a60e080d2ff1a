/** Words that say how often or in what currency a price is billed, not which plan it is. */
const BILLING_WORDS =
  /(?:\b|_)(?:monthly|annually|annual|yearly|quarterly|weekly|daily|month|year|per month|per year|mo|yr|usd|eur|gbp|jpy|v?20\d\d|v\d+)(?=\b|_)|[/／]\s*(?:mo|yr|month|year)\b|月額|年額|月払い?|年払い?/giu

/** "Pro annual", "pro_monthly" and "Pro" name the same plan: "pro". Empty when nothing names one. */
export function planKey(nickname: string | null | undefined, lookupKey: string | null | undefined): string {
  return normalise(nickname) || normalise(lookupKey)
}

/** The name a person reads: the nickname without billing words. */
export function planLabel(nickname: string | null | undefined, lookupKey: string | null | undefined): string {
  return strip(nickname) || strip(lookupKey)
}

const normalise = (text: string | null | undefined): string =>
  strip(text)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')

const strip = (text: string | null | undefined): string =>
  (text ?? '')
    .replace(BILLING_WORDS, ' ')
    .replace(/\(\s*\)/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[\s\-_,·]+|[\s\-_,·]+$/g, '')
