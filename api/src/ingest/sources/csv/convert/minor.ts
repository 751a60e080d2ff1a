import { minorDigits } from '../../../../shared/money.ts'

/** "12.345" USD is "1234.5" cents: the point moves, nothing is rounded. Takes and gives canonical decimals. */
export function toMinorDecimal(major: string, currency: string): string {
  const digits = minorDigits(currency)
  const sign = major.startsWith('-') ? '-' : ''
  const [whole = '', fraction = ''] = major.slice(sign.length).split('.')
  const integer = `${whole}${fraction.slice(0, digits).padEnd(digits, '0')}`.replace(/^0+(?=\d)/, '')
  const rest = fraction.slice(digits)
  return sign + (rest === '' ? integer : `${integer}.${rest}`)
}
