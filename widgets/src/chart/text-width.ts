const isWide = (code: number) => code >= 0x2e80

const NARROW = "fijlrtI.,:;|!'()[]/\u202f\u00a0 "
const BROAD = 'mwMW%@+−×÷=±→…'

/** Width of a text in pixels as a guess good enough to keep labels apart: full width for kana and kanji. */
export function textWidth(text: string, size = 12): number {
  let ems = 0
  for (const character of text) {
    if (isWide(character.codePointAt(0) ?? 0)) ems += 1
    else if (NARROW.includes(character)) ems += 0.34
    else if (BROAD.includes(character)) ems += 0.82
    else if (/[A-Z0-9]/.test(character)) ems += 0.63
    else ems += 0.55
  }
  return ems * size
}

const isKanji = (character: string) => character >= '\u4e00' && character <= '\u9fff'

/** Where a word of kana and kanji breaks best: between the two scripts, else in the middle. */
function breakInWord(word: string): string[] {
  const characters = [...word]
  const middle = Math.ceil(characters.length / 2)
  const changes = characters.flatMap((character, index) => {
    const before = characters[index - 1]
    return before !== undefined && isKanji(before) !== isKanji(character) ? [index] : []
  })
  const nearest = changes.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle))[0] ?? middle
  return [characters.slice(0, nearest).join(''), characters.slice(nearest).join('')]
}

/** A label in at most two lines of `width`: at a space, or inside a word of kana and kanji. */
export function wrapLabel(text: string, width: number, size = 12): string[] {
  if (textWidth(text, size) <= width) return [text]
  const words = text.split(' ')
  if (words.length < 2) return isWide(text.codePointAt(0) ?? 0) && text.length > 2 ? breakInWord(text) : [text]
  const splits = words
    .slice(1)
    .map((_, index) => [words.slice(0, index + 1).join(' '), words.slice(index + 1).join(' ')])
  const widest = (lines: string[]) => Math.max(...lines.map((line) => textWidth(line, size)))
  return splits.reduce((best, lines) => (widest(lines) < widest(best) ? lines : best))
}

/** Shortens a text with an ellipsis to a width. */
export function fitText(text: string, width: number, size = 12): string {
  if (textWidth(text, size) <= width) return text
  const characters = [...text]
  while (characters.length > 1 && textWidth(`${characters.join('')}…`, size) > width) characters.pop()
  return `${characters.join('').trimEnd()}…`
}
