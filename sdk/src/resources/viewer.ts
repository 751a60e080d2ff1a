import { ViewerDocument } from '../generated/graphql.ts'
import type { Query, RequestOptions } from '../request.ts'
import type { Viewer } from '../types.ts'

export const viewerOf =
  (query: Query) =>
  async (options?: RequestOptions): Promise<Viewer> =>
    (await query(ViewerDocument, {}, options)).viewer
