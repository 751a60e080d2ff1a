import type { DateRange, FactWhere, ViewInput } from '@nobishiro/sdk'
import type { QueryClient } from '@tanstack/react-query'
import { createContext, useContext } from 'react'
import type { Messages } from '../i18n/en.ts'
import type { Language } from '../i18n/messages.ts'
import type { Terms } from '../i18n/terms.ts'
import type { WidgetClient } from './client.ts'
import type { NobishiroEvent } from './event.ts'
import type { Theme } from './theme.ts'

/** Everything a widget takes from its provider. */
export interface Settings {
  client: WidgetClient
  queryClient: QueryClient
  locale: string
  language: Language
  text: Messages
  terms: Terms
  currency: string | undefined
  timeZone: string | undefined
  asOf: string | undefined
  view: ViewInput | undefined
  theme: Theme
  nonce: string | undefined
  range: DateRange | undefined
  setRange: (range: DateRange | undefined) => void
  filter: FactWhere | undefined
  setFilter: (filter: FactWhere | undefined) => void
  emit: (event: NobishiroEvent) => void
}

export const SettingsContext = createContext<Settings | null>(null)

/** The settings of the nearest provider; says who asked when there is none. */
export function useSettings(asker: string): Settings {
  const settings = useContext(SettingsContext)
  if (settings) return settings
  throw new Error(
    `${asker} needs a NobishiroProvider around it. Wrap it, or your app: <NobishiroProvider sandbox><${asker.startsWith('use') ? 'YourComponent' : asker} /></NobishiroProvider>.`,
  )
}
