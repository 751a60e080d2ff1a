import { z } from 'zod'

const CURRENCIES = new Set(Intl.supportedValuesOf('currency'))
const isYear = (text: string) => text >= '1900' && text < '2200'
const canonical = (decimal: string) => {
  const [, sign = '', whole = '0', fraction = ''] = /^(-?)0*(\d+)(?:\.(\d*?)0*)?$/.exec(decimal) ?? []
  const size = fraction === '' ? whole : `${whole}.${fraction}`
  return size === '0' ? size : `${sign}${size}`
}

function words(longest: number) {
  const error = `text of 1 to ${longest} characters on one line, without control characters`
  return z
    .string({ error })
    .min(1, { error })
    .max(longest, { error })
    .regex(/^\P{Cc}*$/u, { error })
}

/** Fields of generic events. The message of each says what it accepts. */
export const id = words(200)
export const label = words(100)
export const text = z
  .string({ error: 'text of at most 500 characters' })
  .max(500, { error: 'text of at most 500 characters' })
export const flag = z.boolean({ error: 'true or false' })

export const day = z.iso
  .date({ error: 'a day such as "2024-12-31"' })
  .refine(isYear, { error: 'a day from 1900 to 2199' })

export const month = z
  .string({ error: 'a month such as "2024-12"' })
  .regex(/^(19|20|21)\d\d-(0[1-9]|1[0-2])$/, { error: 'a month such as "2024-12"' })

export const instant = z.iso
  .datetime({ offset: true, error: 'an instant with its offset such as "2024-12-31T09:00:00Z"' })
  .refine(isYear, { error: 'an instant from 1900 to 2199' })
  .transform((value) => new Date(value).toISOString())

export const currency = z
  .string({ error: 'an ISO 4217 code such as "USD" or "JPY"' })
  .transform((code) => code.toUpperCase())
  .refine((code) => CURRENCIES.has(code), { error: 'an ISO 4217 code such as "USD" or "JPY"' })

/** A number says minor units, a text says major ones: 1250 and "12.50" of USD are the same. */
const AMOUNT = 'a whole number of minor units such as 1250, or a decimal text of major units such as "12.50"'
export type Amount = number | string
export const amount = z.custom<Amount>(
  (value) =>
    typeof value === 'number'
      ? Number.isSafeInteger(value)
      : typeof value === 'string' && /^-?\d{1,15}(\.\d{1,12})?$/.test(value),
  { error: AMOUNT },
)

const QUANTITY = 'a whole number, or a decimal text with at most 18 digits before the point and 6 after it'
export const quantity = z
  .custom<number | string>(
    (value) =>
      typeof value === 'number'
        ? Number.isSafeInteger(value)
        : typeof value === 'string' && /^-?\d{1,18}(\.\d{1,6})?$/.test(value),
    { error: QUANTITY },
  )
  .transform((value) => canonical(String(value)))

/** A whole number from `least` up, as the database keeps it. */
export function count(least: number) {
  const error = `a whole number from ${least} to 2147483647`
  return z.int({ error }).min(least, { error }).max(2_147_483_647, { error })
}

export function oneOf<const T extends readonly [string, ...string[]]>(values: T) {
  return z.enum(values, { error: `one of ${values.join(', ')}` })
}

export const attributes = z.record(label, text, { error: 'an object of texts by name' })
