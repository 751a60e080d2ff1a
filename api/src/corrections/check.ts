import type { Tx } from '@nobishiro/prisma'
import type { CorrectionEvent } from '../ingest/people/correction.ts'
import { inForce, stillStanding } from '../ingest/people/in-force.ts'
import { checkConnection } from './check-connection.ts'
import { checkMapping } from './check-mapping.ts'
import { checkReclassification } from './check-reclassification.ts'
import { findAccount } from './find.ts'
import { invalid, shorten } from './invalid.ts'
import type { Asked } from './request.ts'

export type Checked = Pick<CorrectionEvent, 'what' | 'touches'>

/** What a person asks for, with everything named by its id; or what is wrong with it. */
export async function check(
  tx: Tx,
  tenantId: string,
  asked: Asked,
  known: readonly CorrectionEvent[],
): Promise<Checked> {
  const corrections = inForce(known)
  if (asked.kind === 'UNDO') return checkUndo(asked.correction, known)
  if (asked.kind === 'MAP_CATALOG') return checkMapping(tx, tenantId, asked.prices)
  if (asked.kind === 'CONNECT_SUBSCRIPTIONS') return checkConnection(tx, tenantId, asked, corrections)
  if (asked.kind === 'RECLASSIFY_MOVEMENT') return checkReclassification(tx, tenantId, asked, corrections)
  const counts = (account: string, field: string) => {
    const root = corrections.rootOf(account)
    if (root !== account) throw invalid(field, `${field} "${account}" was merged into ${root}. Name that one.`)
    return account
  }
  if (asked.kind === 'EXCLUDE_ACCOUNT') {
    const account = counts(await findAccount(tx, tenantId, asked.account, 'input.account'), 'input.account')
    if (corrections.isExcluded(account))
      throw invalid('input.account', `input.account "${account}" is excluded already.`)
    return { what: { kind: 'EXCLUDE_ACCOUNT', account }, touches: [account] }
  }
  const from = counts(await findAccount(tx, tenantId, asked.from, 'input.from'), 'input.from')
  const into = counts(await findAccount(tx, tenantId, asked.into, 'input.into'), 'input.into')
  if (from === into) throw invalid('input.into', `input.into "${into}" is the account that should be merged.`)
  if (corrections.isExcluded(from))
    throw invalid('input.from', `input.from "${from}" is excluded. Undo that before it is merged.`)
  return { what: { kind: 'MERGE_ACCOUNTS', from, into }, touches: [from, into] }
}

function checkUndo(correction: string, known: readonly CorrectionEvent[]): Checked {
  const field = 'input.correction'
  const found = known.find((event) => event.correction === correction)
  if (!found || found.what.kind === 'UNDO')
    throw invalid(field, `${field} "${shorten(correction)}" is not a correction of this tenant.`)
  if (!stillStanding(known).includes(found)) throw invalid(field, `${field} "${correction}" is undone already.`)
  return { what: { kind: 'UNDO', correction }, touches: found.touches }
}
