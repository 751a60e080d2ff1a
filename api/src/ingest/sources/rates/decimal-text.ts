/** Decimals above zero as text: exact, without idle zeros, so that equal values are equal texts. */
export function minimal(text: string): string {
  const [whole = '', fraction = ''] = text.split('.')
  const integer = whole.replace(/^0+(?=\d)/, '')
  const rest = fraction.replace(/0+$/, '')
  return rest === '' ? integer : `${integer}.${rest}`
}

export function multiplied(a: string, b: string): string {
  const places = placesOf(a) + placesOf(b)
  const digits = String(BigInt(a.replace('.', '')) * BigInt(b.replace('.', ''))).padStart(places + 1, '0')
  return places === 0 ? digits : minimal(`${digits.slice(0, -places)}.${digits.slice(-places)}`)
}

const placesOf = (text: string): number => text.split('.')[1]?.length ?? 0
