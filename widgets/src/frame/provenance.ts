import type { Completeness } from '@nobishiro/sdk'
import { formatInstantDay } from '../format/month.ts'
import type { Settings } from '../provider/settings.ts'
import type { Period } from '../queries/retention.ts'

/** Lines that head a CSV, so that a file says by itself what it holds. */
export function provenanceOf(
  { text, locale, timeZone }: Settings,
  source: {
    definition: string
    period: Period
    asOf: string
    version: string
    completeness: Completeness
    restatedSince?: string | null
  },
): [string, string][] {
  return [
    [text.csv.definition, source.definition],
    [text.csv.period, `${source.period.start}/${source.period.end}`],
    [text.csv.asOf, formatInstantDay(source.asOf, locale, timeZone)],
    [text.csv.version, source.version],
    [text.csv.completeness, text.completeness[source.completeness]],
    ...(source.restatedSince
      ? [[text.csv.restatedSince, formatInstantDay(source.restatedSince, locale, timeZone)] as [string, string]]
      : []),
  ]
}

/** What made a number, in one line; our own view goes without saying. */
export function definitionName({ key, version, view }: { key?: string; version: string; view: string }): string {
  return [...(key ? [key] : []), version, ...(view === 'NOBISHIRO' ? [] : [view])].join(' ')
}
