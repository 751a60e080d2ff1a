import type { Prepared } from '../sources/csv/prepare.ts'
import type { CellProblem } from '../sources/csv/problem.ts'
import type { Known } from './known.ts'

export type Verdict = 'new' | 'changed' | 'unchanged'

/** Where a row id was first met in this import, and with what content. */
export type Seen = Map<string, { hash: string; file: string; line: number }>

/** What a row is to what is known of its id. */
export function verdictOf({ kind, id, hash }: Prepared, known: Known): Verdict {
  const version = known.versions.get(`${kind}/${id}`)
  if (!version) return 'new'
  return version.hash === hash ? 'unchanged' : 'changed'
}

/** The inbox id of a row. One that came back to an earlier content carries the time of the import, to be a version of its own. */
export function inboxId({ kind, id, hash, externalId }: Prepared, known: Known, at: string): string {
  const isBack = known.versions.get(`${kind}/${id}`)?.earlier?.has(hash) ?? false
  return isBack ? `${externalId}/${Date.parse(at)}` : externalId
}

/** One import may say one thing of an id. Saying it twice is idle, saying two things is a problem. */
export function repeated(
  prepared: Prepared,
  seen: Seen,
  place: { file: string; line: number },
): 'FIRST' | 'AGAIN' | CellProblem {
  const { kind, id, hash } = prepared
  const first = seen.get(`${kind}/${id}`)
  if (!first) {
    seen.set(`${kind}/${id}`, { hash, ...place })
    return 'FIRST'
  }
  if (first.hash === hash) return 'AGAIN'
  return {
    column: null,
    value: id,
    expected: `one row for each id: duplicate id, first on line ${first.line} of ${first.file}, with other values`,
  }
}
