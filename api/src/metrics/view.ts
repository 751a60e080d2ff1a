import { type FactView, PLAIN_VIEW } from '../facts/fact-view.ts'
import { ExpectedError } from '../shared/errors.ts'

export const viewPresets = ['NOBISHIRO', 'STRIPE_LIKE', 'CHARTMOGUL_LIKE'] as const
export type ViewPreset = (typeof viewPresets)[number]

export const nettings = ['MONTH', 'EVENT'] as const satisfies readonly FactView['netting'][]
export const reactivationKinds = ['REACTIVATION', 'EXPANSION'] as const satisfies readonly FactView['reactivation'][]
export const quickRatios = ['NEW_AND_EXPANSION', 'WITH_REACTIVATION'] as const
export const retentionCurrencies = ['CONSTANT', 'SPOT'] as const satisfies readonly FactView['retentionCurrency'][]

/** What may differ from question to question without another ledger: how figures are cut out of the same levels of MRR. */
export type ViewOptions = FactView & {
  /** What counts as gained. */
  quickRatio: (typeof quickRatios)[number]
}

/** Options settled, and the name that values carry: the preset and what differs from it. */
export type View = ViewOptions & { name: string }

/** A preset, and options that override it. */
export type ViewAsked = { [Option in keyof ViewOptions]?: ViewOptions[Option] | undefined } & {
  preset?: ViewPreset | undefined
}

const nobishiro: ViewOptions = { ...PLAIN_VIEW, quickRatio: 'NEW_AND_EXPANSION' }

/** What vendors publish of their own movements; docs/decisions/0026 names the pages. */
const presets: Record<ViewPreset, ViewOptions> = {
  NOBISHIRO: nobishiro,
  STRIPE_LIKE: { ...nobishiro, netting: 'EVENT' },
  CHARTMOGUL_LIKE: { ...nobishiro, netting: 'EVENT', quickRatio: 'WITH_REACTIVATION' },
}

/** The view asked for; the definitions' own where nothing is. */
export function viewOf({ preset = 'NOBISHIRO', ...asked }: ViewAsked = {}): View {
  const base = presets[preset]
  const options = Object.fromEntries(
    optionNames.map((name) => [name, asked[name] === undefined ? base[name] : asked[name]]),
  ) as ViewOptions // every name of it
  const { reactivationWindow: days } = options
  if (days !== null && (!Number.isSafeInteger(days) || days < 0))
    throw new ExpectedError(
      'INVALID_INPUT',
      'view.reactivationWindow is a number of days, 0 or more.',
      'view.reactivationWindow',
    )
  const others = optionNames.filter((name) => options[name] !== base[name]).map((name) => `${name}=${options[name]}`)
  return { ...options, name: [preset, ...others].join(' ') }
}

const optionNames = Object.keys(nobishiro).sort() as (keyof ViewOptions)[] // its own names
