import { ReportDocument, type ReportQueryVariables } from '../generated/graphql.ts'
import type { Query, RequestOptions } from '../request.ts'
import type { Report } from '../types.ts'

/**
 * Metrics side by side, a row for each group and bucket. Beside the client, so that only who asks for it loads it:
 * `reportOf(client, { measures: [{ key: 'mrr' }, { key: 'nrr' }], by: [{ kind: 'PLAN' }] })`.
 */
export const reportOf = async (
  { query }: { query: Query },
  variables: ReportQueryVariables,
  options?: RequestOptions,
): Promise<Report> => (await query(ReportDocument, variables, options)).report

/** A report's rows by the names of its columns, for a table or a spreadsheet: values of dimensions by what they are called, numbers as exact decimals. */
export const recordsOf = (
  { columns, rows }: Pick<Report, 'columns' | 'rows'>,
  language: 'en' | 'ja' = 'en',
): Record<string, string | null>[] =>
  rows.map(({ cells }) =>
    Object.fromEntries(
      columns.map(({ name }, place) => [name, cells[place]?.label?.[language] ?? cells[place]?.value ?? null]),
    ),
  )
