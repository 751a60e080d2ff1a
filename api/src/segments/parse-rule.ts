import { z } from 'zod'
import type { RuleInput } from './rule.ts'

const texts = z.array(z.string(), 'is a list of texts').nullish()
const leaf = {
  attribute: z
    .strictObject({ key: z.string('is a text'), in: z.array(z.string().nullable(), 'is a list of texts and null') })
    .nullish(),
  accountIds: texts,
  planId: texts,
  productId: texts,
  region: texts,
  mrr: z.strictObject({ min: z.string('is a decimal').nullish(), below: z.string('is a decimal').nullish() }).nullish(),
  seats: z.strictObject({ min: z.int('is a number').nullish(), below: z.int('is a number').nullish() }).nullish(),
  firstPaid: z
    .strictObject({ from: z.iso.date('is a day').nullish(), before: z.iso.date('is a day').nullish() })
    .nullish(),
}

/** One level more than rules may nest, whose depth `checkRule` names; what lies deeper is not looked at. */
const LEVELS = 6

function level(inner: z.ZodType<RuleInput>): z.ZodType<RuleInput> {
  const rules = z.array(inner, 'is a list of rules').nullish()
  return z.strictObject({ ...leaf, all: rules, any: rules, not: inner.nullish() }, strict)
}

const strict = {
  error: (issue: { code?: string }) => (issue.code === 'unrecognized_keys' ? undefined : 'is a rule'),
}

/** A rule out of JSON: an unknown field is an error, since it might have been meant to narrow. `checkRule` says whether it can hold. */
export const ruleSchema: z.ZodType<RuleInput> = Array.from({ length: LEVELS }).reduce<z.ZodType<RuleInput>>(
  level,
  z.custom<RuleInput>(() => true),
)
