export const median = (list: number[]): number => list.sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0

export function whole(text: string, option: string): number {
  const number = Number(text)
  if (Number.isInteger(number) && number > 0) return number
  throw new Error(`${option} ${text} is not a whole number above 0.`)
}

export const spellCount = (number: number): string => Math.round(number).toLocaleString('en')
