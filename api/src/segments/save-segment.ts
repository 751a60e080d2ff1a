import { randomUUID } from 'node:crypto'
import type { Database } from '@nobishiro/prisma'
import { recordSetting } from '../ingest/settings.ts'
import { nextVersion } from '../ledger/next-version.ts'
import { ExpectedError } from '../shared/errors.ts'
import { readSegments, type Segment } from './read-segments.ts'
import { checkRule, type RuleInput } from './rule.ts'

const MOST_SEGMENTS = 100
const LONGEST_NAME = 100

export type SegmentInput = {
  /** The one that is changed; a new one when absent. */
  id?: string | undefined
  name: string
  rule: RuleInput
}

/** Saves a segment, or changes one. What it was before stays readable with asOf. */
export function saveSegment(
  db: Database,
  { tenantId, now }: { tenantId: string; now: Date },
  input: SegmentInput,
): Promise<Segment> {
  const name = input.name.trim()
  if (name === '' || name.length > LONGEST_NAME)
    throw invalid('input.name', `input.name has ${name.length} characters; 1 to ${LONGEST_NAME} are accepted.`)
  return db.withTenant({ tenantId, viewer: 'TENANT' }, async (tx) => {
    const { version } = await nextVersion(tx, tenantId)
    const { currency } = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId }, select: { currency: true } })
    const rule = checkRule(input.rule, currency, 'input.rule')
    const known = await readSegments(tx, tenantId)
    if (input.id !== undefined && !known.some(({ id }) => id === input.id)) throw notFound(input.id)
    if (known.some((other) => other.name === name && other.id !== input.id))
      throw new ExpectedError('CONFLICT', `There is already a segment "${name}".`, 'input.name')
    if (input.id === undefined && known.length >= MOST_SEGMENTS)
      throw new ExpectedError(
        'CONFLICT',
        `There are ${known.length} segments; at most ${MOST_SEGMENTS} are kept.`,
        'input',
      )
    const saved = { id: input.id ?? randomUUID(), name, rule }
    const event = { type: 'segment', at: now.toISOString(), ...saved } as const
    await recordSetting(tx, { tenantId, version }, event)
    return { ...saved, savedAt: now }
  })
}

/** Takes a segment away; it stays readable with asOf. */
export function deleteSegment(
  db: Database,
  { tenantId, now }: { tenantId: string; now: Date },
  id: string,
): Promise<Segment> {
  return db.withTenant({ tenantId, viewer: 'TENANT' }, async (tx) => {
    const { version } = await nextVersion(tx, tenantId)
    const found = (await readSegments(tx, tenantId)).find((segment) => segment.id === id)
    if (!found) throw notFound(id)
    await recordSetting(
      tx,
      { tenantId, version },
      { type: 'segment', at: now.toISOString(), id, name: found.name, rule: null },
    )
    return found
  })
}

const notFound = (id: string): ExpectedError => new ExpectedError('NOT_FOUND', `There is no segment "${id}".`, 'id')
const invalid = (field: string, message: string): ExpectedError => new ExpectedError('INVALID_INPUT', message, field)
