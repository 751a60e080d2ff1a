import { z } from 'zod'
import { ExpectedError } from '../shared/errors.ts'

/** A share of one as an exact decimal: "0.785". */
const share = z
  .string()
  .regex(/^(0(\.\d{1,6})?|1(\.0{1,6})?)$/, 'is a share from 0 to 1 with up to six decimals, e.g. "0.785"')

const said = z.strictObject({
  grossMargin: share.nullable().default(null),
  lag: z.int('is a whole number of months').min(0, 'is 0 or more').max(24, 'is at most 24').default(0),
  expansionShare: z.record(z.string().trim().min(1, 'names a category').max(200, 'is too long'), share).default({}),
})

/** What a tenant says of its costs: metrics of spend and of lifetime value need it. */
export type CostRules = {
  /** Of revenue; null while nobody has said. */
  grossMargin: string | null
  /** Months from spending to what it gains. */
  lag: number
  /** The share of a category of spend that goes into expansion; the rest goes into new business. */
  expansionShare: Record<string, string>
}

/** What holds while nobody has said anything. */
export const NO_COST_RULES: CostRules = { grossMargin: null, lag: 0, expansionShare: {} }

/** Refuses by name what cannot be. */
export function costRulesFrom(input: unknown): CostRules {
  const result = said.safeParse(input)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const field = issue?.path.join('.') || 'costs'
  throw new ExpectedError('INVALID_INPUT', `${field} ${issue?.message ?? 'is not understood'}.`, field)
}
