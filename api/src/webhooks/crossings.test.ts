import { describe, expect, it } from 'vitest'
import type { Close } from '../facts/closed.ts'
import { monthOf } from '../facts/month.ts'
import type { Better } from '../metrics/vocabulary.ts'
import { closedSince, crossingsOf } from './crossings.ts'

const month = (text: string) => monthOf(`${text}-01`)
const on = (day: string) => new Date(`${day}T00:00:00Z`)
const close = (text: string, day: string): Close => ({
  month: month(text),
  version: 1n,
  closedAt: on(day),
  by: 'WATERMARK',
  reason: null,
})
const target = (from: string, value: string | null, setAt = '2026-01-01') => ({
  metric: 'nrr',
  from,
  value,
  setAt: on(setAt),
})

const CLOSES = [close('2026-08', '2026-09-06'), close('2026-09', '2026-10-06'), close('2026-10', '2026-11-06')]

function crossed(
  values: Record<string, string | null>,
  more: { targets?: ReturnType<typeof target>[]; since?: string; better?: Better } = {},
) {
  const { targets = [target('2026-01', '1.1')], since = '2026-09-01', better = 'HIGHER' } = more
  return crossingsOf({
    targets,
    closes: CLOSES,
    since: on(since),
    better: () => better,
    valueIn: (_metric, asked) => Object.entries(values).find(([text]) => month(text) === asked)?.[1] ?? null,
  }).map(({ now, before }) => [now.month === before.month + 1, now.month, now.isMet])
}

describe('a target', () => {
  it('is crossed in a closed month that stands on the other side than the one before', () => {
    const values = { '2026-07': '1.05', '2026-08': '1.12', '2026-09': '1.1', '2026-10': '1.0999999999' }
    expect(crossed(values)).toEqual([
      [true, month('2026-08'), true],
      [true, month('2026-10'), false],
    ])
  })

  it('is met by less where less is better', () => {
    expect(crossed({ '2026-09': '1.2', '2026-10': '1.1' }, { better: 'LOWER' })).toEqual([
      [true, month('2026-10'), true],
    ])
  })

  it('is not crossed where a month has no value, or nothing is wanted of it', () => {
    expect(crossed({ '2026-09': null, '2026-10': '1.2' })).toEqual([])
    const targets = [target('2026-01', '1.1'), target('2026-10', null)]
    expect(crossed({ '2026-09': '1', '2026-10': '1.2' }, { targets })).toEqual([])
  })

  it('is compared with the month before by the same target where that had none', () => {
    expect(crossed({ '2026-09': '1.2', '2026-10': '1' }, { targets: [target('2026-10', '1.1')] })).toEqual([
      [true, month('2026-10'), false],
    ])
  })

  it('is crossed by what was raised over it', () => {
    const targets = [target('2026-01', '1.1'), target('2026-10', '1.3')]
    expect(crossed({ '2026-09': '1.2', '2026-10': '1.2' }, { targets })).toEqual([[true, month('2026-10'), false]])
  })

  it('is not crossed in months that were closed before it was set, or before anybody listened', () => {
    const values = { '2026-09': '1', '2026-10': '1.2' }
    expect(crossed(values, { targets: [target('2026-01', '1.1', '2026-11-07')] })).toEqual([])
    expect(crossed(values, { since: '2026-11-07' })).toEqual([])
  })
})

it('a close closes every month before it that was open', () => {
  const closes = [close('2026-06', '2026-07-06'), close('2026-09', '2026-10-06')]
  expect(closedSince(closes, on('2026-08-01'))).toEqual([month('2026-07'), month('2026-08'), month('2026-09')])
  expect(closedSince(closes, on('2026-07-01'))[0]).toBe(month('2026-06'))
})
