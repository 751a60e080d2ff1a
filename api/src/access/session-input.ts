import { z } from 'zod'
import { CAPABILITIES, isCapability } from './capabilities.ts'
import { invalidInput } from './invalid-input.ts'

const MAX_TTL_SECONDS = 3_600

const schema = z.strictObject({
  viewer: z.enum(['TENANT', 'ACCOUNT'], 'is TENANT or ACCOUNT').default('ACCOUNT'),
  accountIds: z.array(z.string().min(1), 'is a list of account ids').max(1_000, 'has at most 1000 ids').nullish(),
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

/** Checks a request for a session; an unknown field is an error, since it might have been meant to narrow. */
export function parseSessionInput(input: unknown): SessionInput {
  const parsed = schema.safeParse(input)
  if (parsed.success) return checkViewer(parsed.data)
  const [issue] = parsed.error.issues
  if (issue?.code === 'unrecognized_keys') {
    throw invalidInput(`input.${issue.keys[0]}`, `input.${issue.keys[0]} is not a field of a session.`)
  }
  const field = ['input', ...(issue?.path ?? [])].join('.')
  throw invalidInput(field, `${field} ${issue?.message ?? 'is invalid'}.`)
}

function checkViewer(input: SessionInput): SessionInput {
  const named = input.accountIds?.length ?? 0
  if (input.viewer === 'ACCOUNT' && named === 0) {
    throw invalidInput('input.accountIds', 'input.accountIds names at least one account for an ACCOUNT viewer.')
  }
  if (input.viewer === 'TENANT' && input.accountIds) {
    throw invalidInput('input.accountIds', 'input.accountIds goes with an ACCOUNT viewer only.')
  }
  if (input.viewer === 'ACCOUNT' && input.capabilities?.includes('costs')) {
    throw invalidInput('input.capabilities', 'input.capabilities: costs goes with a TENANT viewer only.')
  }
  return input
}

function isOrigin(value: string): boolean {
  return URL.canParse(value) && new URL(value).origin === value && /^https?:/.test(value)
}
