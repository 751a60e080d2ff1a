import fc from 'fast-check'
import { nettings, quickRatios, reactivationKinds, retentionCurrencies, type ViewAsked, viewPresets } from '../view.ts'

/** Any preset and options, or some of them. */
export const randomView: fc.Arbitrary<ViewAsked> = fc.record(
  {
    preset: fc.constantFrom(...viewPresets),
    netting: fc.constantFrom(...nettings),
    reactivation: fc.constantFrom(...reactivationKinds),
    reactivationWindow: fc.option(fc.constantFrom(0, 10, 31, 61, 150)),
    quickRatio: fc.constantFrom(...quickRatios),
    retentionCurrency: fc.constantFrom(...retentionCurrencies),
  },
  { requiredKeys: [] },
)
