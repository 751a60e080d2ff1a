import type { DateRange } from '@nobishiro/sdk'

/** Reads a prop from an element's attributes; undefined where they do not say it. */
export type Attribute<T> = { names: readonly string[]; read: (element: Element) => T | undefined }

const one = <T>(name: string, parse: (value: string) => T): Attribute<T> => ({
  names: [name],
  read: (element) => {
    const value = element.getAttribute(name)
    return value === null || value === '' ? undefined : parse(value)
  },
})

export const text = (name: string): Attribute<string> => one(name, (value) => value)

export const number = (name: string): Attribute<number> =>
  one(name, (value) => {
    const parsed = Number(value)
    if (Number.isNaN(parsed)) throw new TypeError(`${name}="${value}" is not a number.`)
    return parsed
  })

/** There or not, as in `<details open>`; `live="false"` is not. */
export const flag = (name: string): Attribute<boolean> => ({
  names: [name],
  read: (element) => (element.hasAttribute(name) ? element.getAttribute(name) !== 'false' : undefined),
})

export const json = (name: string): Attribute<unknown> =>
  one(name, (value) => {
    try {
      return JSON.parse(value)
    } catch {
      throw new TypeError(`${name}='${value}' is not JSON.`)
    }
  })

/** JSON where it begins like an object, else the word itself: a theme is "dark", or variables. */
export const textOrJson = (name: string): Attribute<unknown> => ({
  names: [name],
  read: (element) => (element.getAttribute(name)?.trim().startsWith('{') ? json(name) : text(name)).read(element),
})

/** `start` and `end`, half-open as everywhere: the end is the first day that is no longer in it. */
export const range: Attribute<DateRange> = {
  names: ['start', 'end'],
  read: (element) => {
    const [start, end] = [element.getAttribute('start'), element.getAttribute('end')]
    if (start === null && end === null) return undefined
    if (start && end) return { start, end }
    throw new TypeError(`<${element.localName}> has one of start and end, and needs both.`)
  },
}
