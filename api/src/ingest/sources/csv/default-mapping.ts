import { CSV_KINDS, type CsvKind, FIELDS } from './fields.ts'
import { type Mapping, parseMapping } from './mapping.ts'

/** For files whose columns already carry our names; optional ones may be left out. */
export const DEFAULT_MAPPING: Mapping = parseMapping(
  {
    name: 'csv',
    ...Object.fromEntries(CSV_KINDS.map((kind) => [kind, { file: `${kind}*.csv`, columns: sameNames(kind) }])),
  },
  'default mapping',
)

function sameNames(kind: CsvKind) {
  const fields = Object.entries(FIELDS[kind])
  return Object.fromEntries(fields.map(([field, { isRequired }]) => [field, { column: field, optional: !isRequired }]))
}
