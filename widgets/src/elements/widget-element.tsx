import type { ComponentType } from 'react'
import { type Attributes, PropsElement, withProperties } from './props-element.ts'
import { ProviderElement } from './provider-element.tsx'
import { widgetSheet } from './sheet.ts'

let last = 0

/** An element that shows a component in its shadow root, below the provider element around it. Sends `nobishiro-select` with what was chosen. */
export function widgetElement(
  Widget: ComponentType<never>,
  attributes: Attributes,
): CustomElementConstructor & typeof PropsElement {
  const Shown = Widget as ComponentType<Record<string, unknown>> // its attributes read its props, and its own checks are TypeScript's

  class WidgetElement extends PropsElement {
    static readonly observedAttributes = Object.values(attributes).flatMap(({ names }) => names)
    protected override readonly attributesOfProps = attributes
    readonly #id = `widget-${++last}`
    #provider: ProviderElement | undefined

    disconnectedCallback(): void {
      this.schedule()
    }

    protected override changed(): void {
      const provider = this.isConnected ? providerAround(this) : undefined
      if (this.#provider !== provider) this.#provider?.leave(this.#id)
      this.#provider = provider
      if (!this.isConnected) return
      const place = this.shadowRoot ?? this.#open()
      if (!provider) {
        place.textContent = `<${this.localName}> needs a <nobishiro-provider> around it.`
        return
      }
      if (place.firstChild?.nodeType === Node.TEXT_NODE) place.textContent = ''
      const props = this.props()
      provider.seat({ id: this.#id, place, draw: () => <Shown {...props} onSelect={this.#select} /> })
    }

    #open(): ShadowRoot {
      const place = this.attachShadow({ mode: 'open' })
      place.adoptedStyleSheets = [widgetSheet()]
      return place
    }

    #select = (datum: unknown): void => {
      this.dispatchEvent(new CustomEvent('nobishiro-select', { detail: datum, bubbles: true, composed: true }))
    }
  }
  withProperties(WidgetElement, attributes)
  return WidgetElement
}

/** The closest provider above, also through the shadow roots of a page's own elements. */
function providerAround(element: Element): ProviderElement | undefined {
  for (let at: Element | null = element; at; ) {
    const found: Element | null = at.closest('nobishiro-provider')
    if (found instanceof ProviderElement) return found
    const root: Node = at.getRootNode()
    at = root instanceof ShadowRoot ? root.host : null
  }
  return undefined
}
