import type { Tx } from '@nobishiro/prisma'
import type { Correction, CorrectionEvent, CorrectionKind } from '../ingest/people/correction.ts'
import { inOrder } from '../ingest/people/in-force.ts'
import { readCorrectionEvents } from '../ingest/people/read-corrections.ts'

export type CorrectionRecord = {
  id: string
  kind: CorrectionKind
  at: Date
  /** "key:<id>" or "terminal:<user>". */
  by: string
  reason: string
  /** Ids of the accounts whose lines it may move. */
  accounts: readonly string[]
  what: Correction
  undone: { id: string; at: Date; by: string; reason: string } | null
}

/** All corrections, those undone too, newest first. */
export async function listCorrections(tx: Tx, tenantId: string): Promise<CorrectionRecord[]> {
  return recordsOf(await readCorrectionEvents(tx, tenantId))
}

function recordsOf(events: readonly CorrectionEvent[]): CorrectionRecord[] {
  const undos = new Map(
    events.flatMap((event) => (event.what.kind === 'UNDO' ? [[event.what.correction, event] as const] : [])),
  )
  return [...events]
    .sort(inOrder)
    .reverse()
    .flatMap((event): CorrectionRecord[] => {
      const { what, correction: id, at, by, reason, touches } = event
      if (what.kind === 'UNDO') return []
      const undo = undos.get(id)
      return [
        {
          id,
          kind: what.kind,
          at: new Date(at),
          by,
          reason,
          accounts: touches,
          what,
          undone: undo ? { id: undo.correction, at: new Date(undo.at), by: undo.by, reason: undo.reason } : null,
        },
      ]
    })
}

/** Whether a correction was in force at an instant. */
export const heldAt = ({ at, undone }: CorrectionRecord, instant: Date): boolean =>
  at <= instant && (undone === null || undone.at > instant)
