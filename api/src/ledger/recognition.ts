import { z } from 'zod'
import { ExpectedError } from '../shared/errors.ts'

const BASES = ['CONTRACT', 'INVOICE'] as const
const DISCOUNTS = ['RECURRING', 'ALL', 'NONE'] as const
const PAUSED = ['ZERO', 'KEEP'] as const
const CHURN = ['AT_END', 'AT_REQUEST'] as const
const FREE_LOGOS = ['LOST', 'KEPT'] as const
const METERED = ['MEAN_OF_THREE', 'LAST_MONTH', 'EXCLUDE'] as const

/** How many closed months the MRR of usage looks back. */
export const USAGE_WINDOW = { MEAN_OF_THREE: 3, LAST_MONTH: 1, EXCLUDE: 0 } as const satisfies Record<
  (typeof METERED)[number],
  number
>

export const recognitionPresets = ['NOBISHIRO', 'STRIPE_LIKE', 'CHARTMOGUL_LIKE'] as const
export type RecognitionPreset = (typeof recognitionPresets)[number]

/** What counts as MRR. Another policy makes another revision of the ledger. */
export type Recognition = {
  /** Where options came from that nobody said, and what the policy is named after. */
  preset: RecognitionPreset
  /** CONTRACT: what the items of a subscription cost. INVOICE: what its invoices ask for, in their service periods. */
  basis: (typeof BASES)[number]
  /** RECURRING: forever and repeating ones are subtracted. ALL: one-time ones too, in their period. NONE: list prices. */
  discounts: (typeof DISCOUNTS)[number]
  /** What a paused subscription counts: nothing, or what it would pay. */
  paused: (typeof PAUSED)[number]
  /** Days after which a subscription that stays past due counts nothing; null keeps it until its source ends it. */
  pastDueDays: number | null
  /** The closed months whose mean is the MRR of usage: the last three, the last one, or none of them. */
  metered: (typeof METERED)[number]
  /** When a subscription that will end is lost: when service ends, or as soon as its end is asked for. */
  churn: (typeof CHURN)[number]
  /** Whether an account that pays nothing any more stays open while a subscription of it runs: revenue churns all the same. */
  freeLogos: (typeof FREE_LOGOS)[number]
}

export const NOBISHIRO: Recognition = {
  preset: 'NOBISHIRO',
  basis: 'CONTRACT',
  discounts: 'RECURRING',
  paused: 'ZERO',
  pastDueDays: null,
  metered: 'MEAN_OF_THREE',
  churn: 'AT_END',
  freeLogos: 'LOST',
}

/** What vendors publish of their MRR; docs/decisions/0022 names the pages. */
const presets: Record<RecognitionPreset, Recognition> = {
  NOBISHIRO,
  STRIPE_LIKE: { ...NOBISHIRO, preset: 'STRIPE_LIKE', metered: 'EXCLUDE' },
  CHARTMOGUL_LIKE: { ...NOBISHIRO, preset: 'CHARTMOGUL_LIKE', paused: 'KEEP', freeLogos: 'KEPT' },
}

const optionNames = Object.keys(NOBISHIRO).sort() as (keyof Recognition)[] // its own names

/** What values call a policy: its preset, and what differs from it. */
export function policyName(recognition: Recognition): string {
  const base = presets[recognition.preset]
  const others = optionNames.filter((name) => recognition[name] !== base[name])
  return [recognition.preset, ...others.map((name) => `${name}=${recognition[name]}`)].join(' ')
}

/** A policy, and the revision of the ledger that follows it. */
export type Rules = { revision: number; recognition: Recognition }
export const FIRST_RULES: Rules = { revision: 1, recognition: NOBISHIRO }

export const countsInvoices = ({ recognition }: Rules): boolean => recognition.basis === 'INVOICE'

const change = z.strictObject({
  preset: z.enum(recognitionPresets).optional(),
  basis: z.enum(BASES).optional(),
  discounts: z.enum(DISCOUNTS).optional(),
  paused: z.enum(PAUSED).optional(),
  pastDueDays: z.int().min(1).max(365).nullable().optional(),
  metered: z.enum(METERED).optional(),
  churn: z.enum(CHURN).optional(),
  freeLogos: z.enum(FREE_LOGOS).optional(),
})

/** A preset, the default unless said, with what is said otherwise; refuses by name what no policy can say. */
export function recognitionFrom(said: unknown): Recognition {
  const result = change.safeParse(said)
  if (result.success) {
    const settled = Object.entries(result.data).filter(([, value]) => value !== undefined)
    return { ...presets[result.data.preset ?? 'NOBISHIRO'], ...(Object.fromEntries(settled) as Partial<Recognition>) } // parsed as such
  }
  const [issue] = result.error.issues
  const field = issue?.path.join('.') || 'policy'
  throw new ExpectedError('INVALID_INPUT', `${field}: ${issue?.message ?? 'not understood'}`, field)
}
