/** A page of a Relay connection. */
export interface Page<Node> {
  edges: readonly { cursor: string; node: Node }[]
  pageInfo: { hasNextPage: boolean; endCursor: string | null }
}

/** Every node of every page, one request at a time; stop reading and it stops asking. */
export async function* nodesOf<Node>(
  page: (after: string | null) => Promise<Page<Node>>,
): AsyncGenerator<Node, void, void> {
  let after: string | null = null
  do {
    const { edges, pageInfo }: Page<Node> = await page(after)
    for (const { node } of edges) yield node
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null
  } while (after !== null)
}
