import type { Attribute } from './attribute.ts'

export type Attributes = Readonly<Record<string, Attribute<unknown>>>
type Props = Record<string, unknown>

/** On a server there are no elements, and importing this must not fail. */
const Base = (globalThis.HTMLElement ?? class {}) as typeof HTMLElement

/**
 * An element whose props are attributes, for what is simple, and properties, for everything; what was set as a property counts. Properties
 * that were set before the element was defined count, too.
 */
export abstract class PropsElement extends Base {
  #set: Props = {}

  /** Called once after each turn in which something changed while it is on the page. */
  protected abstract changed(): void

  protected abstract readonly attributesOfProps: Attributes
  #isPending = false

  connectedCallback(): void {
    for (const name of Object.keys(this.attributesOfProps)) this.#takeOwn(name)
    this.schedule()
  }

  attributeChangedCallback(): void {
    this.schedule()
  }

  protected schedule(): void {
    if (this.#isPending) return
    this.#isPending = true
    queueMicrotask(() => {
      this.#isPending = false
      try {
        this.changed()
      } catch (error) {
        // An attribute that cannot be read: what is shown stays, and the page's author is told.
        console.error(`<${this.localName}>:`, error)
      }
    })
  }

  /** Props as they are now; throws a TypeError that names an attribute that cannot be read. */
  protected props(): Props {
    const read = Object.entries(this.attributesOfProps).flatMap(([name, attribute]) => {
      const value = this.#set[name] ?? attribute.read(this)
      return value === undefined ? [] : [[name, value] as const]
    })
    return Object.fromEntries(read)
  }

  property(name: string): unknown {
    return this.#set[name]
  }

  setProperty(name: string, value: unknown): void {
    if (value === undefined || value === null) delete this.#set[name]
    else this.#set[name] = value
    this.schedule()
  }

  /** A page may set a property before its element is defined: then it hides the accessor. */
  #takeOwn(name: string): void {
    if (!Object.hasOwn(this, name)) return
    const value = Reflect.get(this, name) as unknown
    Reflect.deleteProperty(this, name)
    this.setProperty(name, value)
  }
}

/** Gives a class an accessor for each prop. */
export function withProperties(element: typeof PropsElement, attributes: Attributes): void {
  for (const name of Object.keys(attributes)) {
    Object.defineProperty(element.prototype, name, {
      configurable: true,
      enumerable: true,
      get(this: PropsElement) {
        return this.property(name)
      },
      set(this: PropsElement, value: unknown) {
        this.setProperty(name, value)
      },
    })
  }
}
