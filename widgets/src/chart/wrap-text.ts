import { textWidth } from './text-width.ts'

/** Kana and kanji break anywhere but before closing punctuation; other scripts at spaces. */
function pieces(text: string): string[] {
  return text.match(/[\u2e80-\uffef][、。」）)]*|[^\s\u2e80-\uffef]+\s?/gu) ?? []
}

/** Breaks a sentence into lines of at most `width` pixels. */
export function wrapText(text: string, width: number, size = 12): string[] {
  const lines: string[] = []
  let line = ''
  for (const piece of pieces(text)) {
    if (line && textWidth((line + piece).trimEnd(), size) > width) {
      lines.push(line.trimEnd())
      line = ''
    }
    line += piece
  }
  return line ? [...lines, line.trimEnd()] : lines
}
