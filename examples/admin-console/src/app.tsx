import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from 'react'
import { Shell } from './layout/shell.tsx'
import { CustomerPage } from './pages/customer/customer-page.tsx'
import { CustomersPage } from './pages/customers/customers-page.tsx'
import { SettingsPage } from './pages/settings/settings-page.tsx'
import { UnknownPage } from './pages/unknown-page.tsx'
import { Skeleton } from './parts/skeleton.tsx'
import { loadPreferences, type Preferences, PreferencesContext, savePreferences } from './preferences.ts'
import { type Route, routeOf, useHash } from './route.ts'

// The widgets come with the pages that show them.
const MetricsPage = lazy(() => import('./pages/metrics/metrics-page.tsx'))
const RevenuePage = lazy(() => import('./pages/revenue/revenue-page.tsx'))

export function App() {
  const [preferences, setPreferences] = useState(loadPreferences)
  const hash = useHash()
  const route = useMemo(() => routeOf(hash), [hash])
  const choose = useCallback(
    (change: Partial<Preferences>) => setPreferences((before) => ({ ...before, ...change })),
    [],
  )
  const value = useMemo(() => ({ ...preferences, choose }), [preferences, choose])

  useEffect(() => {
    const { lang, dataset } = document.documentElement
    document.documentElement.lang = preferences.locale
    dataset['theme'] = preferences.theme
    savePreferences(preferences)
    return () => {
      document.documentElement.lang = lang
    }
  }, [preferences])

  return (
    <PreferencesContext value={value}>
      <Shell route={route}>
        <Suspense fallback={<Skeleton lines={6} />}>
          <Page route={route} />
        </Suspense>
      </Shell>
    </PreferencesContext>
  )
}

function Page({ route }: { route: Route }) {
  switch (route.page) {
    case 'revenue':
      return <RevenuePage />
    case 'metrics':
      return <MetricsPage />
    case 'customers':
      return <CustomersPage />
    case 'customer':
      return <CustomerPage key={route.id} id={route.id} />
    case 'settings':
      return <SettingsPage />
    case 'unknown':
      return <UnknownPage />
  }
}
