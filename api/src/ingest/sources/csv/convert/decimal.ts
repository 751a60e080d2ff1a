import { Unreadable } from './unreadable.ts'

/** How numbers are written. A thousands separator is read only where the mapping names it. */
export type NumberFormat = { decimal?: '.' | ',' | undefined; thousands?: ',' | '.' | ' ' | "'" | undefined }

/** Reads a decimal number into its one canonical spelling: a point, no idle zeros, no plus sign. Exact, no floats. */
export function readDecimal(text: string, { decimal = '.', thousands }: NumberFormat = {}): string {
  const [, sign = '', body = ''] = /^([+-]?)(.*)$/s.exec(text) ?? []
  const [whole = '', fraction = '', ...more] = body.split(decimal)
  const digits = thousands === undefined ? whole : ungroup(whole, thousands)
  if (more.length > 0 || !/^\d+$/.test(digits) || !/^\d*$/.test(fraction))
    throw unreadable({ text, decimal, thousands })
  const integer = digits.replace(/^0+(?=\d)/, '')
  const rest = fraction.replace(/0+$/, '')
  const value = rest === '' ? integer : `${integer}.${rest}`
  return sign === '-' && value !== '0' ? `-${value}` : value
}

/** "1,234,567" and "12,34,567" without their separators; anything grouped otherwise is left as it is, to be refused. */
function ungroup(whole: string, thousands: string): string {
  const groups = whole.replace(/[\u00a0\u202f]/g, ' ').split(thousands)
  const [first = '', ...rest] = groups
  const isGrouped =
    /^\d{1,3}$/.test(first) && rest.every((group) => /^\d{2,3}$/.test(group)) && rest.at(-1)?.length === 3
  return isGrouped ? groups.join('') : whole
}

function unreadable({ text, decimal, thousands }: { text: string; decimal: string; thousands: string | undefined }) {
  const sample = `1${thousands ?? ''}234${decimal}5`
  const isGrouped = thousands === undefined && /^[+-]?\d{1,3}([,.' \u00a0\u202f]\d{3})+/.test(text)
  return new Unreadable(
    isGrouped
      ? `a number such as ${sample}; to read thousands separators, name them under "numbers" in the mapping`
      : `a number such as ${sample}`,
  )
}
