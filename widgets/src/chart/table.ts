/** The one model behind a chart's hidden table, its visible table and its CSV. */
export interface Table {
  caption: string
  columns: { label: string; isNumber: boolean }[]
  /** Cells as shown; the first names the row. */
  rows: string[][]
  /** The same cells as plain values for a CSV. */
  values: (string | number | null)[][]
}
