import type { AccountColumns, DictionaryColumn } from './column-store.ts'

/** An attribute of the accounts; of everyone "not set" where nobody has it. */
export const attributeColumn = ({ attributes, ids }: AccountColumns, key: string): DictionaryColumn =>
  attributes.get(key) ?? { values: [''], codes: new Uint32Array(ids.length), history: new Map() }

/** Code of an account's attribute on a day, counted from 1 January 1970. */
export function codeOn({ codes, history }: DictionaryColumn, account: number, day: number): number {
  const known = history.get(account)
  if (!known) return codes[account]!
  return (known.findLast(({ from }) => from <= day) ?? known[0])!.code
}
