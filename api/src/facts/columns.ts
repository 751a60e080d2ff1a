type Numbers = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array

/** Typed arrays of the same length: one row is one place in all of them. */
export type Columns = Record<string, Numbers>

/** The same rows with room for twice as many. Callers store into the arrays themselves, which keeps the stores fast. */
export function grown<T extends Columns>(columns: T): T {
  return mapped(columns, (column) => {
    const larger = new (column.constructor as new (size: number) => Numbers)(column.length * 2) // of its own class
    larger.set(column)
    return larger
  })
}

/** The first rows, without a copy. */
export function trimmed<T extends Columns>(columns: T, rows: number): T {
  return mapped(columns, (column) => column.subarray(0, rows))
}

/** The rows in another order: `order[i]` comes i-th. */
export function reordered<T extends Columns>(columns: T, order: Uint32Array): T {
  return mapped(columns, (column) => {
    const result = column.slice()
    for (let row = 0; row < order.length; row += 1) result[row] = column[order[row]!]!
    return result
  })
}

function mapped<T extends Columns>(columns: T, change: (column: Numbers) => Numbers): T {
  return Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, change(column)])) as T // same names, same classes
}
