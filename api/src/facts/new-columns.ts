import type { DictionaryColumn, PartnerColumns } from './column-store.ts'
import { Dictionary } from './dictionary.ts'
import { rowsByAccountAndTime } from './row-order.ts'
import type { AccountRow, PartnerRow } from './store-rows.ts'

export const changeColumns = (size: number) => ({
  account: new Uint32Array(size),
  month: new Uint16Array(size),
  day: new Uint8Array(size),
  plan: new Uint16Array(size),
  region: new Uint16Array(size),
  strategy: new Uint8Array(size),
  currency: new Uint8Array(size),
  amount: new Float64Array(size),
  seats: new Int32Array(size),
})

export const usageColumns = (size: number) => ({
  account: new Uint32Array(size),
  month: new Uint16Array(size),
  assigned: new Int32Array(size),
  active: new Int32Array(size),
})

export const outlookColumns = (size: number) => ({
  account: new Uint32Array(size),
  month: new Uint16Array(size),
  plan: new Uint16Array(size),
  region: new Uint16Array(size),
  kind: new Uint8Array(size),
  currency: new Uint8Array(size),
  amount: new Float64Array(size),
})

export const logoColumns = (size: number) => ({
  account: new Uint32Array(size),
  month: new Uint16Array(size),
  day: new Uint8Array(size),
  plan: new Uint16Array(size),
  region: new Uint16Array(size),
  currency: new Uint8Array(size),
  amount: new Float64Array(size),
})

export const observedColumns = (size: number) => ({
  account: new Uint32Array(size),
  month: new Uint16Array(size),
  day: new Uint8Array(size),
  kind: new Uint8Array(size),
  name: new Uint32Array(size),
  teller: new Uint32Array(size),
  amount: new Float64Array(size),
  currency: new Uint8Array(size),
})

export function partnerColumns(rows: readonly (PartnerRow & { account: number })[], accounts: number): PartnerColumns {
  const names = new Dictionary(0xffff, [''])
  const { start, order } = rowsByAccountAndTime(
    { account: Uint32Array.from(rows, ({ account }) => account), month: new Uint16Array(rows.length) },
    accounts,
  )
  return {
    start,
    from: Int32Array.from(order, (row) => rows[row]!.day),
    partner: Uint16Array.from(order, (row) => names.code(rows[row]!.partner)),
    names: names.values,
  }
}

export function attributeColumns(accounts: readonly AccountRow[]): Map<string, DictionaryColumn> {
  const dictionaries = new Map<string, { dictionary: Dictionary; codes: Uint32Array }>()
  accounts.forEach((account, index) => {
    for (const [key, value] of Object.entries(account.attributes ?? {})) {
      if (value === null || value === undefined) continue
      let column = dictionaries.get(key)
      if (!column) {
        column = { dictionary: new Dictionary(0xffffffff, ['']), codes: new Uint32Array(accounts.length) }
        dictionaries.set(key, column)
      }
      column.codes[index] = column.dictionary.code(String(value))
    }
  })
  return new Map([...dictionaries].map(([key, { dictionary, codes }]) => [key, { values: dictionary.values, codes }]))
}
