import type { ReactNode } from 'react'
import { useText } from '../preferences.ts'
import { hrefs, type Route } from '../route.ts'
import { Icon, Mark } from './icons.tsx'

const pages = ['revenue', 'metrics', 'customers', 'settings'] as const

/** The frame of every page: brand, navigation, who is signed in. */
export function Shell({ route, children }: { route: Route; children: ReactNode }) {
  const text = useText()
  const current = route.page === 'customer' ? 'customers' : route.page
  return (
    <div className="shell">
      <button type="button" className="skip" onClick={() => document.getElementById('content')?.focus()}>
        {text.skip}
      </button>
      <header className="side">
        <a className="brand" href={hrefs.revenue}>
          <Mark />
          <span>
            {text.product} <span className="brand-console">{text.console}</span>
          </span>
        </a>
        <nav aria-label={text.mainNavigation}>
          {pages.map((page) => (
            <a key={page} className="nav-link" href={hrefs[page]} aria-current={page === current ? 'page' : undefined}>
              <Icon name={page} />
              {text.nav[page]}
            </a>
          ))}
        </nav>
        <p className="signed-in">
          {text.signedIn.name}
          <span>{text.signedIn.role}</span>
        </p>
      </header>
      <main id="content" tabIndex={-1}>
        {children}
      </main>
    </div>
  )
}
