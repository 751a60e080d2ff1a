import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from '../testing/root.ts'
import { COLOURS, lookAtContrast } from './contrast.ts'

const verdicts = (theme: Record<string, string>) =>
  lookAtContrast({ theme }).map(({ verdict, says }) => `${verdict} ${says}`)
const FINE = ['OK All colours of the theme can be read on its paper.']

describe('the contrast of a theme', () => {
  it.each([
    [{}, FINE],
    [{ '--nobishiro-accent': 'rebeccapurple', scheme: 'light' }, FINE],
    [{ '--nobishiro-accent': 'oklch(45% 0.12 300)', scheme: 'light' }, FINE],
    [{ '--nobishiro-accent': 'light-dark(rgb(90 40 140), hsl(270 60% 75%))' }, FINE],
    // By hand: (1 + 0.05) / (0.2126 x 0.2159 x 1 + ... ) of #777 is 4.478.
    [
      { '--nobishiro-ink': '#777', scheme: 'light' },
      ['FAULT --nobishiro-ink #777 on #ffffff (light) has a contrast of 4.48.'],
    ],
    [{ '--nobishiro-ink': '#767676', scheme: 'light' }, FINE],
    // Half of black on white is the grey of 127.5.
    [
      { '--nobishiro-ink': 'rgb(0 0 0 / 50%)', scheme: 'light' },
      ['FAULT --nobishiro-ink rgb(0 0 0 / 50%) on #ffffff (light) has a contrast of 3.98.'],
    ],
    [
      { '--nobishiro-accent': 'rebeccapurple' },
      ['FAULT --nobishiro-accent rebeccapurple on #141b18 (dark) has a contrast of 2.08.'],
    ],
    [
      { '--nobishiro-loss': 'var(--brand)', scheme: 'dark' },
      ['SKIPPED "var(--brand)" is a colour that only a page can tell.'],
    ],
  ])('%o: %o', (theme, wanted) => {
    expect(verdicts(theme as Record<string, string>)).toEqual(wanted)
  })

  it('is that of every text on a paper of its own', () => {
    expect(verdicts({ '--nobishiro-paper': '#808080', scheme: 'light' })).toHaveLength(5)
  })

  it('begins with the colours that widgets have, which are legible', () => {
    const tokens = readFileSync(join(root, 'widgets/src/theme/tokens.css'), 'utf8')
    for (const [name, [light, dark]] of Object.entries(COLOURS)) {
      expect(tokens).toContain(`var(--nobishiro-${name}, light-dark(${light}, ${dark}))`)
    }
  })
})
