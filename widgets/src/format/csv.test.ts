import { describe, expect, it } from 'vitest'
import { toCsv } from './csv.ts'

const lines = (rows: (string | number | null)[][]) => toCsv(rows).slice(1).split('\r\n').slice(0, -1)

describe('CSV', () => {
  it.each([
    ['=HYPERLINK("x")', `"'=HYPERLINK(""x"")"`],
    ['+49', '+49'],
    ['-14200.50', '-14200.50'],
    ['-cmd', "'-cmd"],
    ['+1-2', "'+1-2"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', "'\tx"],
    ['\rx', `"'\rx"`],
    ['＝1+1', "'＝1+1"],
    ['Kitahama, Foods', '"Kitahama, Foods"'],
    ['say "hi"', '"say ""hi"""'],
    ['青空', '青空'],
  ])('writes %j as %s', (cell, text) => {
    expect(toCsv([[cell]])).toBe(`\ufeff${text}\r\n`)
  })
  it('leaves what is not known empty', () => {
    expect(lines([['2026-10-01', null, 1.124]])).toEqual(['2026-10-01,,1.124'])
  })
})
