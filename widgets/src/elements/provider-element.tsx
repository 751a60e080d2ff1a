import { Component, type ReactNode } from 'react'
import { createPortal } from 'react-dom'
import { createRoot, type Root } from 'react-dom/client'
import type { NobishiroEvent } from '../provider/event.ts'
import { NobishiroProvider, type NobishiroProviderProps } from '../provider/nobishiro-provider.tsx'
import { flag, json, range, text, textOrJson } from './attribute.ts'
import { type Attributes, PropsElement, withProperties } from './props-element.ts'

const ATTRIBUTES = {
  sandbox: flag('sandbox'),
  url: text('url'),
  sessionUrl: text('session-url'),
  locale: text('locale'),
  currency: text('currency'),
  timeZone: text('time-zone'),
  theme: textOrJson('theme'),
  terms: textOrJson('terms'),
  range,
  filter: json('filter'),
  asOf: text('as-of'),
  live: flag('live'),
  view: textOrJson('view'),
  session: { names: [], read: () => undefined },
} satisfies Attributes

/** A widget of the page that is drawn inside of the provider. */
export type Guest = { id: string; place: ShadowRoot; draw: () => ReactNode }

/**
 * `<nobishiro-provider>`: connects the widget elements below it, which share its client, range and filter as React's widgets do. Sends
 * `nobishiro-event` with what the provider tells its host.
 */
export class ProviderElement extends PropsElement {
  static readonly observedAttributes = Object.values<Attributes[string]>(ATTRIBUTES).flatMap(({ names }) => names)
  protected override readonly attributesOfProps = ATTRIBUTES
  #root: Root | undefined
  readonly #guests = new Map<string, Guest>()
  #hasComplained = false
  #mint: { url: string; session: () => Promise<unknown> } | undefined

  /** Draws a guest from now on, or anew. */
  seat(guest: Guest): void {
    this.#guests.set(guest.id, guest)
    this.schedule()
  }

  leave(id: string): void {
    this.#guests.delete(id)
    this.schedule()
  }

  disconnectedCallback(): void {
    this.schedule()
  }

  protected override changed(): void {
    if (!this.isConnected) {
      this.#root?.unmount()
      this.#root = undefined
      return
    }
    const props = this.#connection()
    if (!props) {
      this.#complainLater()
      return
    }
    // Nothing of the provider itself is shown: what it draws is in the shadow roots of its guests.
    this.#root ??= createRoot(document.createElement('div'))
    this.#root.render(
      <NobishiroProvider {...props} onEvent={this.#tell}>
        {[...this.#guests.values()].map(({ id, place, draw }) => createPortal(<Alone>{draw()}</Alone>, place, id))}
      </NobishiroProvider>,
    )
  }

  /** Settings once it is known where the numbers come from: a page may say so after the element is there. */
  #connection(): NobishiroProviderProps | undefined {
    const { sessionUrl, session, ...settings } = this.props() as NobishiroProviderProps & { sessionUrl?: string } // as ATTRIBUTES has it
    if (settings.sandbox) return settings
    if (session) return { ...settings, session }
    if (sessionUrl === undefined) return undefined
    if (this.#mint?.url !== sessionUrl) this.#mint = { url: sessionUrl, session: () => fetchSession(sessionUrl) }
    return { ...settings, session: this.#mint.session as NonNullable<NobishiroProviderProps['session']> } // the SDK checks the answer
  }

  #complainLater(): void {
    if (this.#hasComplained) return
    this.#hasComplained = true
    setTimeout(() => {
      if (this.#connection()) return
      console.error(
        '<nobishiro-provider>: say where the numbers come from. Give it session-url="…", the property session, or sandbox to look around.',
      )
    }, 5_000)
  }

  #tell = (event: NobishiroEvent): void => {
    this.dispatchEvent(new CustomEvent('nobishiro-event', { detail: event, bubbles: true, composed: true }))
  }
}
withProperties(ProviderElement, ATTRIBUTES)

/** Asks the page's own server, which knows by its cookies who is signed in. */
async function fetchSession(url: string): Promise<unknown> {
  const response = await fetch(url, { method: 'POST', credentials: 'same-origin' })
  if (!response.ok) throw new Error(`${url} answered ${response.status}.`)
  return response.json()
}

/** A widget that fails takes no other with it. */
class Alone extends Component<{ children: ReactNode }, { hasFailed: boolean }> {
  override state = { hasFailed: false }

  static getDerivedStateFromError() {
    return { hasFailed: true }
  }

  override render() {
    return this.state.hasFailed ? null : this.props.children
  }
}
