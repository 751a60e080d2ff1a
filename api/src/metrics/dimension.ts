import type { AccountPart } from '../facts/account-groups.ts'
import { attributeColumn } from '../facts/attributes.ts'
import type { Store } from '../facts/column-store.ts'
import { firstPaidMonths } from '../facts/first-paid.ts'
import type { ItemPart } from '../facts/item-groups.ts'
import { expansionStrategies } from '../facts/kind.ts'
import { firstDayOf } from '../facts/month.ts'
import type { AttributeTime } from '../facts/slice.ts'
import { groupLabels, strategyLabels } from './labels.ts'
import type { GroupKey } from './result.ts'
import { monthText } from './sentence.ts'
import type { DimensionKind, LocalizedText } from './vocabulary.ts'

/** Accounts of one saved segment: 1 where one belongs. */
export type SegmentSet = { id: string; name: string; accounts: Uint8Array }

/** What an answer is parted by. Parents and segments bring what the columns do not hold. */
export type Dimension =
  | { kind: 'ATTRIBUTE'; key: string; at?: AttributeTime | undefined }
  /** By account, the place of its ultimate parent. */
  | { kind: 'PARENT'; tops: Uint32Array }
  | { kind: 'SEGMENT'; segments: readonly SegmentSet[] }
  | { kind: Exclude<DimensionKind, 'ATTRIBUTE' | 'PARENT' | 'SEGMENT'> }

/** How a dimension parts what there is, and what its codes stand for. */
export type Parting = { keyOf: (code: number) => GroupKey } & (
  | { of: 'ACCOUNTS'; part: AccountPart }
  | { of: 'ITEMS'; part: ItemPart }
  | { of: 'STRATEGIES' }
)

/** A value by its code; nothing or an empty text is "not set". */
type ValueAt = (code: number) => string | null | undefined

export function partingOf(store: Store, dimension: Dimension): Parting {
  const { accounts, plans, regions, currencies } = store
  const key = (valueAt: ValueAt, labelAt?: (code: number) => LocalizedText | null) => (code: number) =>
    keyOf(dimension, valueAt(code) || null, labelAt?.(code))
  const unnamed = () => null
  switch (dimension.kind) {
    case 'ATTRIBUTE': {
      const column = attributeColumn(accounts, dimension.key)
      const { values, codes } = column
      const part = dimension.at === 'THEN' ? { past: column } : { codes, size: values.length }
      return { of: 'ACCOUNTS', part, keyOf: key((code) => values[code]) }
    }
    case 'PARENT': {
      const part = { codes: dimension.tops, size: accounts.ids.length }
      return {
        of: 'ACCOUNTS',
        part,
        keyOf: key(
          (code) => accounts.ids[code],
          (code) => (accounts.names[code] === '' ? groupLabels.erased : same(accounts.names[code])),
        ),
      }
    }
    case 'SEGMENT': {
      const { segments } = dimension
      const part = { sets: segments.map((segment) => segment.accounts) }
      return {
        of: 'ACCOUNTS',
        part,
        keyOf: key(
          (code) => segments[code]?.id,
          (code) => same(segments[code]?.name),
        ),
      }
    }
    case 'COHORT': {
      const part = { codes: firstPaidMonths(store), size: 0x10000 }
      const name = (month: number) => ({ en: monthText(month, 'en'), ja: monthText(month, 'ja') })
      return { of: 'ACCOUNTS', part, keyOf: key((month) => (month === 0 ? null : firstDayOf(month)), name) }
    }
    case 'PLAN':
      return { of: 'ITEMS', part: itemPart('plan', plans.ids), keyOf: key((code) => plans.ids[code], unnamed) }
    case 'PRODUCT': {
      const products = [...new Set(plans.products)]
      const codes = plans.products.map((product) => products.indexOf(product))
      const part = { column: 'plan', codes, size: products.length } as const
      return { of: 'ITEMS', part, keyOf: key((code) => products[code], unnamed) }
    }
    case 'REGION':
      return { of: 'ITEMS', part: itemPart('region', regions), keyOf: key((code) => regions[code]) }
    case 'CURRENCY':
      return { of: 'ITEMS', part: itemPart('currency', currencies), keyOf: key((code) => currencies[code]) }
    case 'STRATEGY': {
      const at = (code: number) => expansionStrategies[code] ?? 'CONTRACT_VALUE'
      return { of: 'STRATEGIES', keyOf: key(at, (code) => strategyLabels[at(code)]) }
    }
  }
}

const itemPart = (column: ItemPart['column'], values: readonly string[]): ItemPart => ({
  column,
  codes: [...values.keys()],
  size: values.length,
})

const same = (text = ''): LocalizedText => ({ en: text, ja: text })

function keyOf(dimension: Dimension, value: string | null, label: LocalizedText | null | undefined): GroupKey {
  const attribute = dimension.kind === 'ATTRIBUTE' ? dimension.key : null
  const shown = value === null ? unsetLabel(dimension.kind) : label === undefined ? same(value) : label
  return { dimension: dimension.kind, attribute, value, label: shown }
}

function unsetLabel(kind: DimensionKind): LocalizedText {
  if (kind === 'COHORT') return groupLabels.neverPaid
  return kind === 'SEGMENT' ? groupLabels.inNoSegment : groupLabels.notSet
}
