import type { DateRange, FactWhere } from '@nobishiro/sdk'
import { useMemo } from 'react'
import type { Settings } from '../provider/settings.ts'

/** What a question is narrowed by. Only what is set is in it, so that equal questions have equal keys. */
export interface Scope {
  range?: DateRange
  where?: FactWhere
  currency?: string
  /** Instant whose knowledge is asked for. */
  asOf?: string
}

/** The provider's range, filter, currency and instant; a widget's own range wins. */
export function useScope({ range, filter, currency, asOf }: Settings, own?: DateRange | undefined): Scope {
  const asked = own ?? range
  return useMemo(
    () => ({
      ...(asked && { range: { start: asked.start, end: asked.end } }),
      ...(filter && { where: filter }),
      ...(currency && { currency }),
      ...(asOf && { asOf }),
    }),
    [asked, filter, currency, asOf],
  )
}
