import { describe, expect, it } from 'vitest'
import { toCanonical, toDay, toInstant } from './instant.ts'
import { type DateFormat, DEFAULT_DATE_FORMATS, readMoment } from './moment.ts'

const canonical = (text: string, formats: readonly DateFormat[] = DEFAULT_DATE_FORMATS, timeZone = 'UTC') =>
  toCanonical(readMoment(text, formats), timeZone)

describe('dates', () => {
  const us: readonly DateFormat[] = ['YYYY-MM-DD', 'M/D/YYYY']
  it.each<[string, readonly DateFormat[], string]>([
    ['2024-12-31', us, '2024-12-31'],
    ['12/31/2024', us, '2024-12-31'],
    ['3/4/2024', us, '2024-03-04'],
    ['03/04/2024', ['D/M/YYYY'], '2024-04-03'],
    ['31.12.2024', DEFAULT_DATE_FORMATS, '2024-12-31'],
    ['1.2.2024', DEFAULT_DATE_FORMATS, '2024-02-01'],
    ['2024/1/5', DEFAULT_DATE_FORMATS, '2024-01-05'],
    ['2024-02-29', DEFAULT_DATE_FORMATS, '2024-02-29'],
    ['2024-12-31 00:00:00', DEFAULT_DATE_FORMATS, '2024-12-31'],
    ['12/31/2024 0:00', us, '2024-12-31'],
    ['2024-12-31T00:00:00Z', DEFAULT_DATE_FORMATS, '2024-12-31'],
    ['2024-12-31T10:30:00Z', DEFAULT_DATE_FORMATS, '2024-12-31T10:30:00.000Z'],
    ['2024-12-31T10:30:00.1234+09:00', DEFAULT_DATE_FORMATS, '2024-12-31T01:30:00.123Z'],
    ['2024-12-31 3:00', DEFAULT_DATE_FORMATS, '2024-12-31T03:00:00.000Z'],
  ])('%s as %o is %s', (text, formats, expected) => expect(canonical(text, formats)).toBe(expected))

  it.each([
    '2023-02-29',
    '2024-13-01',
    '2024-1-5',
    '24-01-05',
    '0204-01-05',
    '9999-12-31',
    '2024-12-31T25:00',
    '2024-12-31T10:60',
    '2024-12-31 soon',
    'yesterday',
    '45000',
  ])('%s is refused', (text) =>
    expect(() => canonical(text)).toThrow('a date such as 2024-12-31 (YYYY-MM-DD, YYYY/M/D, DD.MM.YYYY)'),
  )

  it('asks what a date with slashes means', () =>
    expect(() => canonical('3/4/2024')).toThrow('say "M/D/YYYY" or "D/M/YYYY" under "dates" in the mapping'))
})

describe('time zones', () => {
  const instant = (text: string, timeZone: string) => toInstant(readMoment(text), timeZone).toISOString()
  it.each([
    ['2024-01-10', 'Asia/Tokyo', '2024-01-09T15:00:00.000Z'],
    ['2024-01-10', 'America/New_York', '2024-01-10T05:00:00.000Z'],
    ['2024-03-10', 'America/New_York', '2024-03-10T05:00:00.000Z'],
    ['2024-03-10 12:00', 'America/New_York', '2024-03-10T16:00:00.000Z'],
    ['2024-03-10 01:30', 'America/New_York', '2024-03-10T06:30:00.000Z'],
    ['2024-11-03 12:00', 'America/New_York', '2024-11-03T17:00:00.000Z'],
    ['2024-11-03', 'America/New_York', '2024-11-03T04:00:00.000Z'],
    ['2024-01-10 09:00Z', 'Asia/Tokyo', '2024-01-10T09:00:00.000Z'],
  ])('%s in %s is %s', (text, timeZone, expected) => expect(instant(text, timeZone)).toBe(expected))

  it('an instant at local midnight is that day', () => {
    expect(canonical('2024-01-09T15:00:00Z', DEFAULT_DATE_FORMATS, 'Asia/Tokyo')).toBe('2024-01-10')
    expect(canonical('2024-01-10T00:00:00Z', DEFAULT_DATE_FORMATS, 'Asia/Tokyo')).toBe('2024-01-10T00:00:00.000Z')
  })
  it('the day of an instant is the local one', () =>
    expect(toDay(readMoment('2024-01-09T15:00:00Z'), 'Asia/Tokyo')).toBe('2024-01-10'))
})
