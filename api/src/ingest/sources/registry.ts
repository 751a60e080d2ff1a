import type { Mapping } from './csv/mapping.ts'
import { PRESETS } from './csv/presets.ts'

/**
 * The sources that files are imported from, by name: CSV files through a mapping, or an export that is read as a whole. Deliveries
 * over HTTP have no line here: Stripe's webhooks are read by `stripe/stripe.ts`, generic events by `generic/batch.ts`.
 */
export const SOURCES: Readonly<
  Record<string, { reads: 'CSV'; mapping: Mapping } | { reads: 'CHARTMOGUL' | 'STRIPE' }>
> = {
  ...Object.fromEntries(Object.entries(PRESETS).map(([name, mapping]) => [name, { reads: 'CSV' as const, mapping }])),
  chartmogul: { reads: 'CHARTMOGUL' },
  stripe: { reads: 'STRIPE' },
}
