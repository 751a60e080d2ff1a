import type { ViewAsked } from '../../metrics/view.ts'
import { builder } from '../builder.ts'
import { Netting, QuickRatioGain, ReactivationKind, RetentionCurrency, ViewPreset } from './vocabulary.ts'

export const ViewInput = builder.inputType('ViewInput', {
  description: 'How figures are cut out of the same MRR: a preset, and options that override it.',
  fields: (t) => ({
    preset: t.field({
      type: ViewPreset,
      required: true,
      defaultValue: 'NOBISHIRO',
      description: 'Where options come from that are not given.',
    }),
    netting: t.field({ type: Netting, description: 'One movement per account and month, or per account and day.' }),
    reactivation: t.field({ type: ReactivationKind, description: 'What an account is called that pays again.' }),
    reactivationWindow: t.int({
      description:
        'Days, 0 or more: an account that was at zero for longer counts as NEW. From its first close at zero to the one that pays again, closes of the netting. Any gap when null.',
    }),
    quickRatio: t.field({ type: QuickRatioGain, description: 'What the quick ratio counts as gained.' }),
    retentionCurrency: t.field({ type: RetentionCurrency, description: 'Exchange rates of NRR and GRR.' }),
  }),
})

type Given = typeof ViewInput.$inferInput

/** Argument of every question whose figures a view decides. */
export const viewArg = {
  type: ViewInput,
  description:
    'How movements are netted and named, and at which rates ends are compared; our definitions when missing.',
} as const

/** The view asked for; an option that is null is not given, save the window, where null is any gap. */
export function viewOf(given: Given | null | undefined): ViewAsked | undefined {
  if (!given) return undefined
  const { preset, netting, reactivation, reactivationWindow, quickRatio, retentionCurrency } = given
  return {
    preset,
    reactivationWindow,
    netting: netting ?? undefined,
    reactivation: reactivation ?? undefined,
    quickRatio: quickRatio ?? undefined,
    retentionCurrency: retentionCurrency ?? undefined,
  }
}
