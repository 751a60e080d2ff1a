import Color from 'colorjs.io'
import { type Embed, type Finding, finder } from './finding.ts'

/** Colours of the widgets that texts and marks have where a theme does not say otherwise: light and dark. */
export const COLOURS = {
  paper: ['#ffffff', '#141b18'],
  ink: ['#16211d', '#e8efec'],
  'ink-2': ['#5c6a64', '#a3b1ab'],
  'ink-3': ['#6b7872', '#86948e'],
  accent: ['#0f7a5a', '#4cc29a'],
  loss: ['#b4532a', '#e08a5c'],
} as const
type Name = keyof typeof COLOURS

/** Least contrast of what is read, by WCAG 2.2, 1.4.3. */
const LEAST = 4.5
const READ = ['ink', 'ink-2', 'ink-3', 'accent', 'loss'] as const
const find = finder('contrast')

/** Whether what is written in a theme's colours can be read on its paper, in both schemes. */
export function lookAtContrast({ theme }: Pick<Embed, 'theme'>): Finding[] {
  if (theme === undefined) {
    return [
      find('SKIPPED', 'No theme was given; colours of the widgets themselves are legible.', 'Give one with --theme.'),
    ]
  }
  const schemes = theme['scheme'] === 'light' ? [0] : theme['scheme'] === 'dark' ? [1] : [0, 1]
  const found = schemes.flatMap((scheme) => READ.flatMap((name) => legible(theme, name, scheme)))
  return found.length > 0 ? found : [find('OK', 'All colours of the theme can be read on its paper.')]
}

function legible(theme: Readonly<Record<string, string>>, name: Name, scheme: number): Finding[] {
  const [color, paper] = [colorOf(theme, name, scheme), colorOf(theme, 'paper', scheme)]
  const [ours, behind] = [parse(color), parse(paper)]
  if (!ours || !behind) {
    const which = ours ? paper : color
    return [find('SKIPPED', `"${which}" is a colour that only a page can tell.`, 'Give the colour itself.')]
  }
  // What is seen through is seen on the paper, and that on white.
  const contrast = onto(onto(ours, behind), new Color('white')).contrast(onto(behind, new Color('white')), 'WCAG21')
  if (contrast >= LEAST) return []
  const where = scheme === 0 ? 'light' : 'dark'
  const says = `--nobishiro-${name} ${color} on ${paper} (${where}) has a contrast of ${contrast.toFixed(2)}.`
  return [find('FAULT', says, `Take one of at least ${LEAST}, or people cannot read it.`)]
}

function colorOf(theme: Readonly<Record<string, string>>, name: Name, scheme: number): string {
  const value = theme[`--nobishiro-${name}`] ?? `light-dark(${COLOURS[name].join(', ')})`
  const inside = /^light-dark\((.*)\)$/s.exec(value.trim())?.[1]
  return inside === undefined ? value : (parts(inside)[scheme] ?? value).trim()
}

/** Separated by commas, those inside of brackets apart. */
const parts = (text: string) => text.match(/(?:[^,(]|\([^)]*\))+/g) ?? []

function parse(text: string): Color | undefined {
  try {
    return new Color(text)
  } catch {
    return undefined
  }
}

function onto(color: Color, paper: Color): Color {
  if (Number(color.alpha) >= 1) return color
  return paper.mix(new Color('srgb', color.to('srgb').coords), Number(color.alpha), { space: 'srgb' })
}
