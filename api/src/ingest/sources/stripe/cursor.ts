import { PayloadError } from '../../payload/payload-error.ts'

/** A place in a payload: what is there, and its path for messages. Null and absent are the same. */
export type Cursor = { source: string; path: string; value: unknown }

/** The named field of an object; an empty cursor where there is none. */
export function field(cursor: Cursor, name: string): Cursor {
  const path = `${cursor.path}.${name}`
  return { source: cursor.source, path, value: isRecord(cursor.value) ? (cursor.value[name] ?? undefined) : undefined }
}

/** True where there is an object. */
export function isObject(cursor: Cursor): boolean {
  return isRecord(cursor.value)
}

/** The entries of a list. */
export function entries(cursor: Cursor): Cursor[] {
  const list = cursor.value ?? []
  if (!Array.isArray(list)) throw refuse(cursor, 'a list')
  return list.map((value, index) => ({ source: cursor.source, path: `${cursor.path}[${index}]`, value }))
}

/** Text; undefined when absent or empty. */
export function text(cursor: Cursor): string | undefined {
  if (cursor.value === undefined || cursor.value === null || cursor.value === '') return undefined
  if (typeof cursor.value !== 'string') throw refuse(cursor, 'text')
  return cursor.value
}

/** A whole number within the limits. */
export function whole(cursor: Cursor, limits: { min: number; max: number }): number | undefined {
  if (cursor.value === undefined || cursor.value === null) return undefined
  const { value } = cursor
  if (typeof value !== 'number' || !Number.isInteger(value) || value < limits.min || value > limits.max) {
    throw refuse(cursor, `a whole number from ${limits.min} to ${limits.max}`)
  }
  return value
}

/** An exact amount of minor units, as a decimal string without needless zeros. */
export function amount(cursor: Cursor): string | undefined {
  const { value } = cursor
  if (value === undefined || value === null) return undefined
  const printed = typeof value === 'number' && Number.isInteger(value) ? String(value) : value
  if (typeof printed !== 'string' || !/^-?\d{1,18}(\.\d{1,12})?$/.test(printed)) {
    throw refuse(cursor, 'a whole number of minor units, or a decimal string')
  }
  return canonical(printed)
}

/** Seconds since 1970, as an RFC 3339 instant. */
export function instant(cursor: Cursor): string | undefined {
  const seconds = whole(cursor, { min: 0, max: 253_402_300_799 })
  return seconds === undefined ? undefined : new Date(seconds * 1000).toISOString()
}

/** The id of an object that is given by id or in full. */
export function reference(cursor: Cursor): string | undefined {
  return isRecord(cursor.value) ? text(field(cursor, 'id')) : text(cursor)
}

/** An error that says what is accepted here. */
export function refuse(cursor: Cursor, accepted: string): PayloadError {
  return new PayloadError({ source: cursor.source, path: cursor.path, value: cursor.value, accepted })
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function canonical(printed: string): string {
  const [digits = '0', fraction = ''] = printed.replace('-', '').split('.')
  const head = digits.replace(/^0+(?=\d)/, '')
  const tail = fraction.replace(/0+$/, '')
  const size = tail === '' ? head : `${head}.${tail}`
  return printed.startsWith('-') && size !== '0' ? `-${size}` : size
}
