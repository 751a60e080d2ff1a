const isPlain = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** What the API does when nothing is said. */
const defaults: Record<string, unknown> = { bucket: 'MONTH', window: 12 }

/** Variables in one form: keys sorted, and without what says nothing (null, an empty object, the API's default). */
export function canonical(variables: object): string {
  const { first: _first, after: _after, ...rest } = variables as Record<string, unknown>
  return JSON.stringify(tidy(rest) ?? {})
}

function tidy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(tidy)
  if (!isPlain(value)) return value ?? undefined
  const entries = Object.keys(value)
    .sort()
    .filter((key) => value[key] !== defaults[key])
    .map((key) => [key, tidy(value[key])] as const)
    .filter(([, kept]) => kept !== undefined)
  return entries.length > 0 ? Object.fromEntries(entries) : undefined
}
