import { useSyncExternalStore } from 'react'

export type Route =
  | { page: 'revenue' }
  | { page: 'metrics' }
  | { page: 'customers' }
  | { page: 'customer'; id: string }
  | { page: 'settings' }
  | { page: 'unknown' }

/** The page that an address names. Addresses live in the hash, so that any static host can serve them. */
export function routeOf(hash: string): Route {
  const [page = '', id] = hash.replace(/^#?\/?/, '').split('/')
  if (page === '' || page === 'revenue') return { page: 'revenue' }
  if (page === 'metrics') return { page: 'metrics' }
  if (page === 'customers') return id ? customerRoute(id) : { page: 'customers' }
  if (page === 'settings') return { page: 'settings' }
  return { page: 'unknown' }
}

function customerRoute(id: string): Route {
  try {
    return { page: 'customer', id: decodeURIComponent(id) }
  } catch {
    return { page: 'unknown' } // cut off or typed by hand
  }
}

export const hrefs = {
  revenue: '#/revenue',
  metrics: '#/metrics',
  customers: '#/customers',
  customer: (id: string) => `#/customers/${encodeURIComponent(id)}`,
  settings: '#/settings',
}

function subscribe(onChange: () => void) {
  addEventListener('hashchange', onChange)
  return () => removeEventListener('hashchange', onChange)
}

/** The hash of the address bar, as it changes. */
export const useHash = () => useSyncExternalStore(subscribe, () => location.hash)
