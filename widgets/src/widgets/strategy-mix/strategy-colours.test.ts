// @vitest-environment node
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

type Triple = readonly [number, number, number]
type Matrix = readonly [Triple, Triple, Triple]

const css = readFileSync(join(import.meta.dirname, 'strategy-mix.css'), 'utf8')
const found = [...css.matchAll(/var\(--nobishiro-strategy-([\w-]+), light-dark\((#\w{6}), (#\w{6})\)\)/g)]
const PAPER = { light: '#ffffff', dark: '#141b18' }

/** Who sees red, green or blue not at all: Machado, Oliveira and Fernandes 2009, severity 1, on linear sRGB. */
const EYES: Record<string, Matrix> = {
  all: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  'no red': [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  'no green': [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  'no blue': [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}

const dot = (row: Triple, [x, y, z]: Triple) => row[0] * x + row[1] * y + row[2] * z
const times = ([a, b, c]: Matrix, color: Triple): Triple => [dot(a, color), dot(b, color), dot(c, color)]
const each = ([a, b, c]: Triple, change: (value: number) => number): Triple => [change(a), change(b), change(c)]

function linearOf(hex: string): Triple {
  const at = (from: number) => Number.parseInt(hex.slice(from, from + 2), 16) / 255
  return each([at(1), at(3), at(5)], (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
}

/** Linear sRGB as OKLab, in which distances are as they look. */
function oklab(color: Triple): Triple {
  const cones = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    color,
  )
  return times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    each(cones, (value) => Math.cbrt(Math.max(0, value))),
  )
}

const clamp = (value: number) => Math.min(1, Math.max(0, value))
const seen = (hex: string, eyes: Matrix) => oklab(each(times(eyes, linearOf(hex)), clamp))
const luminance = (hex: string) => dot([0.2126, 0.7152, 0.0722], linearOf(hex))
const contrast = (a: string, b: string) => {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((one, other) => one - other)
  return (high + 0.05) / (low + 0.05)
}

describe.each(['light', 'dark'] as const)('the colours of the strategies, %s', (scheme) => {
  const colours = found.map(([, name = '', light = '', dark = '']) => ({
    name,
    hex: scheme === 'light' ? light : dark,
  }))

  it('are seven, and one for the rest', () => expect(colours.map(({ name }) => name)).toHaveLength(8))

  it.each(Object.entries(EYES))('are told apart by eyes that see %s', (_who, eyes) => {
    const close = colours.flatMap((one, index) =>
      colours
        .slice(index + 1)
        .filter(
          (other) =>
            Math.hypot(...seen(one.hex, eyes).map((value, at) => value - (seen(other.hex, eyes)[at] ?? 0))) < 0.1,
        )
        .map((other) => `${one.name} and ${other.name}`),
    )
    expect(close).toEqual([])
  })

  it('stand out from the paper', () => {
    const faint = colours.filter(({ name, hex }) => name !== 'other' && contrast(hex, PAPER[scheme]) < 3)
    expect(faint).toEqual([])
  })
})
