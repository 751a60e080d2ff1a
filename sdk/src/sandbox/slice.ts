interface Connection {
  edges: { cursor: string }[]
  pageInfo: { hasNextPage: boolean; endCursor: string | null }
}

const isConnection = (value: unknown): value is Connection =>
  typeof value === 'object' && value !== null && 'edges' in value && 'pageInfo' in value

/** The asked-for page of a list that was recorded whole. */
export function pageOf(list: Connection, first: number, after: string | null): Connection {
  const start = after === null ? 0 : list.edges.findIndex(({ cursor }) => cursor === after) + 1
  const edges = list.edges.slice(start, start + first)
  const hasNextPage = start + edges.length < list.edges.length
  return { ...list, edges, pageInfo: { hasNextPage, endCursor: edges.at(-1)?.cursor ?? null } }
}

/** The same answer with every list in it cut to the asked-for page. */
export function slice(value: unknown, first: number, after: string | null): unknown {
  if (isConnection(value)) return pageOf(value, first, after)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, slice(field, first, after)]))
}
