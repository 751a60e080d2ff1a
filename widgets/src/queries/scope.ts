import type { DateRange, FactWhere, ViewInput } from '@nobishiro/sdk'
import { useMemo } from 'react'
import type { Settings } from '../provider/settings.ts'

/** What a question is narrowed by. Only what is set is in it, so that equal questions have equal keys. */
export interface Scope {
  range?: DateRange
  where?: FactWhere
  currency?: string
  /** Instant whose knowledge is asked for. */
  asOf?: string
  /** How movements are netted and named. */
  view?: ViewInput
}

/** By week the provider's range of months is left out: a range of weeks begins with a Monday. */
export const rangeless = (settings: Settings, bucket: 'MONTH' | 'WEEK'): Settings =>
  bucket === 'WEEK' ? { ...settings, range: undefined } : settings

/** The provider's range, filter, currency, instant and view; a widget's own range wins. */
export function useScope({ range, filter, currency, asOf, view }: Settings, own?: DateRange | undefined): Scope {
  const asked = own ?? range
  return useMemo(
    () => ({
      ...(asked && { range: { start: asked.start, end: asked.end } }),
      ...(filter && { where: filter }),
      ...(currency && { currency }),
      ...(asOf && { asOf }),
      ...(view && { view }),
    }),
    [asked, filter, currency, asOf, view],
  )
}
