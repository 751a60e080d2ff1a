/** Lower case with hyphens; letters and digits of any script stay. "Core Plan" is "core-plan". */
export const slug = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
