import { decodeBase64, encodeBase64 } from '@pothos/core'
import type { Principal } from '../access/principal.ts'
import { ExpectedError } from '../shared/errors.ts'

export type PageArgs = {
  first?: number | null | undefined
  last?: number | null | undefined
  after?: string | null | undefined
  before?: string | null | undefined
}

/** A slice of an ordered list, and the length of the whole. */
export type Slice<Item> = { items: readonly Item[]; total: number }

export const DEFAULT_PAGE = 50
const MAX_PAGE = { KEY: 500, SESSION: 100 } as const satisfies Record<Principal['kind'], number>
const CURSOR = /^at:(\d{1,9})$/

/** Rows an operation asks for: the multiplier of its cost. */
export function pageCost({ first, last }: PageArgs): { field: number; multiplier: number } {
  return { field: 1, multiplier: first ?? last ?? DEFAULT_PAGE }
}

/** A Relay connection over a list that is read by offset; `load` may be asked twice when the page counts from the end. */
export function connection<Item, More extends object>(
  args: PageArgs,
  principal: Principal,
  load: (page: { offset: number; limit: number }) => Slice<Item> & More,
) {
  const size = pageSize(args, MAX_PAGE[principal.kind])
  let start = args.after ? offsetOf(args.after, 'after') + 1 : 0
  let end = args.before ? offsetOf(args.before, 'before') : Number.POSITIVE_INFINITY
  if (size.from === 'START') end = Math.min(end, start + size.rows)
  else {
    end = Math.min(end, load({ offset: 0, limit: 0 }).total)
    start = Math.max(start, end - size.rows)
  }
  const result = load({ offset: start, limit: Math.max(0, end - start) })
  return { ...result, ...edgesOf(result, start) }
}

/** Edges and page info of rows that start at an offset of their list. */
export function edgesOf<Item>({ items, total }: Slice<Item>, offset: number) {
  const edges = items.map((node, index) => ({ cursor: encodeBase64(`at:${offset + index}`), node }))
  return {
    edges,
    totalCount: total,
    pageInfo: {
      hasNextPage: offset + items.length < total,
      hasPreviousPage: offset > 0 && total > 0,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  }
}

/** Offset and size of a page that only goes forward. */
export function forwardPage(
  args: Pick<PageArgs, 'first' | 'after'>,
  principal: Principal,
): { offset: number; limit: number } {
  const { rows } = pageSize(args, MAX_PAGE[principal.kind])
  return { offset: args.after ? offsetOf(args.after, 'after') + 1 : 0, limit: rows }
}

function pageSize({ first, last }: PageArgs, max: number): { from: 'START' | 'END'; rows: number } {
  if (first != null && last != null) throw invalid('first', 'first and last cannot be combined.')
  const [field, rows] = last != null ? (['last', last] as const) : (['first', first ?? DEFAULT_PAGE] as const)
  if (rows < 0) throw invalid(field, `${field} is at least 0.`)
  if (rows > max) throw invalid(field, `${field} is at most ${max}; it was ${rows}. Page through the list with after.`)
  return { from: field === 'last' ? 'END' : 'START', rows }
}

function offsetOf(cursor: string, field: 'after' | 'before'): number {
  const offset = CURSOR.exec(decode(cursor))?.[1]
  if (offset === undefined)
    throw invalid(field, `${field} is not a cursor of this list: pass a cursor from pageInfo or an edge.`)
  return Number(offset)
}

function decode(cursor: string): string {
  try {
    return decodeBase64(cursor)
  } catch {
    return ''
  }
}

function invalid(field: string, message: string): ExpectedError {
  return new ExpectedError('INVALID_INPUT', message, field)
}

/** The length of the whole list, which `connection` and `edgesOf` put beside the edges and Pothos's type of a page leaves out. */
export const totalCountOf = (page: object): number => (page as { totalCount: number }).totalCount
