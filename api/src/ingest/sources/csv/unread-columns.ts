import type { CsvKind } from './fields.ts'
import { columnsOf } from './locate.ts'
import type { Mapping, Origin } from './mapping.ts'

/** Columns of a file that its mapping takes nothing from: reported, so that nothing is passed over unseen. */
export function unreadColumns(mapping: Mapping, kind: CsvKind, header: readonly string[]): string[] {
  const described = mapping[kind]
  if (!described) return [...header]
  const columns: Record<string, Origin | undefined> = described.columns
  const attributes: Record<string, Origin> = ('attributes' in described && described.attributes) || {}
  const read = new Set(
    [...Object.values(columns), ...Object.values(attributes)].flatMap((origin) => (origin ? columnsOf(origin) : [])),
  )
  return header.filter((name) => name !== '' && !read.has(name))
}
