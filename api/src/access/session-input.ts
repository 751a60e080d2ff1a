import { z } from 'zod'
import { ruleSchema } from '../segments/parse-rule.ts'
import { CAPABILITIES, isCapability } from './capabilities.ts'
import { invalidInput } from './invalid-input.ts'
import type { ViewerKind } from './viewer.ts'

const MAX_TTL_SECONDS = 3_600

const schema = z.strictObject({
  viewer: z
    .enum(['TENANT', 'SEGMENT', 'ACCOUNT', 'PARTNER'], 'is TENANT, SEGMENT, ACCOUNT or PARTNER')
    .default('ACCOUNT'),
  accountIds: z.array(z.string().min(1), 'is a list of account ids').max(1_000, 'has at most 1000 ids').nullish(),
  segmentIds: z.array(z.string().min(1), 'is a list of segment ids').max(100, 'has at most 100 ids').nullish(),
  partner: z.string('is the name of a partner').min(1).max(100, 'has at most 100 characters').nullish(),
  filters: ruleSchema.nullish(),
  capabilities: z
    .array(
      z.string().refine(isCapability, {
        error: (issue) => `"${String(issue.input)}" is unknown; known are ${CAPABILITIES.join(', ')}`,
      }),
      'is a list of names',
    )
    .nullish(),
  origins: z
    .array(
      z.string().refine(isOrigin, {
        error: (issue) => `"${String(issue.input)}" is not an origin such as https://app.example.com`,
      }),
      'is a list of origins, e.g. ["https://app.example.com"]',
    )
    .min(1, 'names at least one origin')
    .max(20, 'has at most 20 origins'),
  ttlSeconds: z
    .number('is a number of seconds')
    .int('is a whole number of seconds')
    .min(10, 'is at least 10')
    .max(MAX_TTL_SECONDS, `is at most ${MAX_TTL_SECONDS}`)
    .nullish()
    .transform((value) => value ?? 900),
})

/** What a session is minted for. */
export type SessionInput = z.infer<typeof schema>

/**
 * Checks a request for a session; an unknown field is an error, since it might have been meant to narrow. `partner` is whose key asks, where it is
 * not the vendor's own.
 */
export function parseSessionInput(input: unknown, partner?: string): SessionInput {
  const parsed = schema.safeParse(input)
  if (parsed.success) return checkViewer(partner === undefined ? parsed.data : ofPartner(parsed.data, partner))
  const [issue] = parsed.error.issues
  const field = ['input', ...(issue?.path ?? [])].join('.')
  if (issue?.code === 'unrecognized_keys') {
    const what = field === 'input' ? 'a session' : 'a rule'
    throw invalidInput(`${field}.${issue.keys[0]}`, `${field}.${issue.keys[0]} is not a field of ${what}.`)
  }
  throw invalidInput(field, `${field} ${issue?.message ?? 'is invalid'}.`)
}

/** What each kind of viewer names, and no other does. */
const NAMED = [
  { kind: 'ACCOUNT', field: 'accountIds', what: 'account' },
  { kind: 'SEGMENT', field: 'segmentIds', what: 'segment' },
  { kind: 'PARTNER', field: 'partner', what: 'partner' },
] as const satisfies readonly { kind: ViewerKind; field: keyof SessionInput; what: string }[]

/** A partner's key mints for what is shared with it. Rules and segments may tell of accounts what the partner does not see. */
function ofPartner(input: SessionInput, partner: string): SessionInput {
  if (input.viewer !== 'PARTNER' && input.viewer !== 'ACCOUNT')
    throw invalidInput('input.viewer', "input.viewer is PARTNER or ACCOUNT with a partner's key.")
  if (input.filters) throw invalidInput('input.filters', "input.filters does not go with a partner's key.")
  if (input.partner != null && input.partner !== partner)
    throw invalidInput('input.partner', 'input.partner is not the partner of this key.')
  return input.viewer === 'PARTNER' ? { ...input, partner } : input
}

function checkViewer(input: SessionInput): SessionInput {
  for (const { kind, field, what } of NAMED) {
    if (input.viewer === kind && !input[field]?.length)
      throw invalidInput(`input.${field}`, `input.${field} names at least one ${what} for a viewer ${kind}.`)
    if (input.viewer !== kind && input[field])
      throw invalidInput(`input.${field}`, `input.${field} goes with a viewer ${kind} only.`)
  }
  if ((input.viewer !== 'TENANT' || input.filters) && input.capabilities?.includes('costs'))
    throw invalidInput(
      'input.capabilities',
      'input.capabilities: costs goes with a viewer TENANT without filters only.',
    )
  return input
}

function isOrigin(value: string): boolean {
  return URL.canParse(value) && new URL(value).origin === value && /^https?:/.test(value)
}
