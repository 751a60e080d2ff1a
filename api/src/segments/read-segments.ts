import type { Tx } from '@nobishiro/prisma'
import { settingsOf } from '../ingest/settings.ts'
import type { SegmentRule } from './rule.ts'

/** Accounts by what they have in common, under a name. */
export type Segment = { id: string; name: string; rule: SegmentRule; savedAt: Date }

/** The tenant's segments by name, as they were known at an instant. */
export async function readSegments(tx: Tx, tenantId: string, asOf?: Date): Promise<Segment[]> {
  const last = new Map((await settingsOf(tx, tenantId, 'segment', asOf)).map((said) => [said.id, said]))
  return [...last.values()]
    .flatMap(
      ({ id, name, rule, at }): Segment[] =>
        rule === null ? [] : [{ id, name, rule: rule as SegmentRule, savedAt: new Date(at) }], // saveSegment checked it
    )
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}
