import type { z } from 'zod'
import { canonicalJson } from '../../../shared/canonical.ts'
import { PayloadError } from '../../payload/payload-error.ts'
import { checkContent } from '../../payload/strict-json.ts'
import type { Received } from '../../received.ts'
import { type GenericKind, KINDS } from './kinds.ts'
import { atOf, translate } from './translate.ts'

/** One generic event, parsed from JSON, in our words. Pure. Throws a PayloadError that names the field. */
export function readGeneric(value: unknown, source: string): Received {
  checkContent(value, source)
  if (!isRecord(value)) throw new PayloadError({ source, path: 'event', value, accepted: 'a JSON object' })
  const kind = value['kind']
  if (typeof kind !== 'string' || !Object.hasOwn(KINDS, kind)) {
    throw new PayloadError({ source, path: 'kind', value: kind, accepted: `one of ${Object.keys(KINDS).join(', ')}` })
  }
  const schema = KINDS[kind as GenericKind] // it has it
  const result = schema.safeParse(value)
  if (!result.success) throw new PayloadError({ source, ...problemOf(result.error.issues[0], value, schema) })
  const event = result.data
  return {
    externalId: event.id,
    kind: event.kind,
    // In one spelling, so that the same event is the same body, on a line of its own or in a list.
    raw: Buffer.from(canonicalJson(value as Parameters<typeof canonicalJson>[0])), // parsed from JSON
    eventTime: atOf(event),
    account: 'account' in event ? event.account : null,
    events: translate(event, source),
  }
}

function problemOf(issue: z.core.$ZodIssue | undefined, event: Record<string, unknown>, schema: z.ZodObject) {
  if (issue?.code === 'unrecognized_keys') {
    const known = issue.path.length === 0 ? `: ${Object.keys(schema.shape).join(', ')}` : ''
    const path = pathOf([...issue.path, issue.keys[0] ?? ''])
    return { path, value: valueAt(event, [...issue.path, issue.keys[0] ?? '']), accepted: `only known fields${known}` }
  }
  const path = issue?.path ?? []
  const value = valueAt(event, path)
  const accepted = issue?.message ?? 'another value'
  return { path: pathOf(path), ...(value === undefined ? {} : { value }), accepted }
}

const pathOf = (path: readonly PropertyKey[]): string =>
  path.map((part, at) => (typeof part === 'number' ? `[${part}]` : `${at === 0 ? '' : '.'}${String(part)}`)).join('') ||
  'event'

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown> | null | undefined)?.[key], value)
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
