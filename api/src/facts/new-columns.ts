import type { DictionaryColumn, History } from './column-store.ts'
import { Dictionary } from './dictionary.ts'
import type { AccountRow, SaidRow } from './store-rows.ts'

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
  day: new Uint8Array(size),
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

/** The attributes of accounts as they are, and what was said of some of them before. */
export function attributeColumns(
  accounts: readonly AccountRow[],
  said: readonly (SaidRow & { account: number })[] = [],
): Map<string, DictionaryColumn> {
  const columns = new Map<string, AttributeColumn>()
  const columnOf = (key: string) => {
    const column = columns.get(key) ?? new AttributeColumn(accounts.length)
    columns.set(key, column)
    return column
  }
  accounts.forEach(({ attributes }, account) => {
    for (const [key, value] of Object.entries(attributes ?? {})) {
      if (value === null || value === undefined) continue
      const column = columnOf(key)
      column.codes[account] = column.codeOf(value)
    }
  })
  const words = new Map<number, SaidRow[]>()
  for (const word of said) {
    const before = words.get(word.account)
    if (before) before.push(word)
    else words.set(word.account, [word])
  }
  for (const [account, rows] of words)
    for (const key of new Set(rows.flatMap(({ attributes }) => Object.keys(attributes)))) {
      const column = columnOf(key)
      const history = historyOf(column, key, rows)
      if (history.length > 1) column.history.set(account, history)
    }
  return new Map([...columns].map(([key, { values, codes, history }]) => [key, { values, codes, history }]))
}

class AttributeColumn {
  readonly #dictionary = new Dictionary(0xffffffff, [''])
  readonly codes: Uint32Array
  readonly history = new Map<number, History>()

  constructor(accounts: number) {
    this.codes = new Uint32Array(accounts)
  }

  get values(): readonly string[] {
    return this.#dictionary.values
  }

  codeOf(value: unknown): number {
    return value === null || value === undefined ? 0 : this.#dictionary.code(String(value))
  }
}

/** Words that changed nothing are left out. */
function historyOf(column: AttributeColumn, key: string, rows: readonly SaidRow[]): History {
  const history: { from: number; code: number }[] = []
  for (const { day, attributes } of rows) {
    const code = column.codeOf(attributes[key])
    if (history.at(-1)?.code !== code) history.push({ from: day, code })
  }
  return history
}
