/** ISO 4217 currencies whose minor unit is not a hundredth. Intl rounds others for display: forints print without hundredths. */
const DIGITS: Record<string, string> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
}

/** Digits that one minor unit stands behind the point: 2 for USD and HUF, 0 for JPY, 3 for KWD. */
export function minorDigits(currency: string): number {
  return Number(Object.keys(DIGITS).find((digits) => DIGITS[digits]?.split(' ').includes(currency)) ?? 2)
}
