import { expect, it } from 'vitest'
import { atLeastTimes, atMost, type Figure, isMet, ratioOf } from './figure.ts'
import { targetsPage } from './targets-page.ts'

const LIMIT = 'The disk.'
const dashboard = (ms: number): Figure => ({
  what: 'dashboard',
  ours: { value: ms, unit: 'ms' },
  target: atMost(50),
  limit: LIMIT,
})
const ingest = (lines: number): Figure => ({
  what: 'ingest | append',
  ours: { value: lines, unit: 'lines/s' },
  baseline: { name: 'COPY', value: 100_000, unit: 'lines/s' },
  target: atLeastTimes(0.6),
  limit: LIMIT,
})

const machine = { cores: 2, processor: 'CPU', memoryGb: 8, node: '20.19.0', postgresql: '15.1', load: 0.26 }
const pageOf = (...figures: Figure[]) =>
  targetsPage(
    [{ command: 'pnpm bench http', seconds: 4.4, scale: '20,000 accounts', figures }],
    machine,
    '2026-11-27',
  ).replace(/ {2,}\|/g, ' |')

it.each([
  ['at most, below', dashboard(49.9), true],
  ['at most, at it', dashboard(50), true],
  ['at most, above', dashboard(50.1), false],
  ['at least, above', ingest(60_001), true],
  ['at least, below', ingest(59_999), false],
])('a target holds to the last digit: %s', (_name, figure, met) => expect(isMet(figure)).toBe(met))

it('units that differ are not compared', () => {
  const mixed = { ...ingest(1), ours: { value: 1, unit: 'ms' as const } }
  expect(() => ratioOf(mixed)).toThrow('ms cannot be compared with lines/s')
})

it('a figure that is no number is not judged', () => {
  expect(() => isMet(dashboard(Number.NaN))).toThrow('dashboard: there is nothing to judge')
  const { baseline: _, ...alone } = ingest(1)
  expect(() => isMet(alone)).toThrow('nothing to judge')
})

it('every figure has a row with what it stands beside', () => {
  const page = pageOf(dashboard(49.94), ingest(71_234))
  expect(page).toContain('| dashboard | | 49.9 ms | | | at most 50 ms | met |')
  expect(page).toContain(
    '| ingest \\| append | COPY | 71,234 lines/s | 100,000 lines/s | 0.712 x | at least 0.6 x | met |',
  )
  expect(page).toContain('Load average before it began: 0.3. 2 of 2 targets met')
  expect(page).toContain('| `pnpm bench http` | 20,000 accounts | 4 s |')
  expect(page).not.toContain(LIMIT)
})

it('a missed target is shown as missed, with what limits it', () => {
  const page = pageOf(dashboard(102), ingest(71_234))
  expect(page).toContain('| 102 ms | | | at most 50 ms | **missed** |')
  expect(page).toContain(`- **dashboard.** ${LIMIT}`)
  expect(page).toContain('1 of 2 targets met')
})
