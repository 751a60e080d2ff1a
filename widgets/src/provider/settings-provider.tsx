import type { DateRange, FactWhere, ViewInput } from '@nobishiro/sdk'
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { languageOf, messagesOf, termsOf } from '../i18n/messages.ts'
import type { TermsOption } from '../i18n/terms.ts'
import type { WidgetClient } from './client.ts'
import type { NobishiroEvent } from './event.ts'
import { createQueryClient } from './query-client.ts'
import { type Settings, SettingsContext } from './settings.ts'
import type { Theme } from './theme.ts'
import { useLive } from './use-live.ts'
import { useSharedState } from './use-shared-state.ts'

/** How numbers are shown and which of them; shared by all widgets below. */
export interface SettingsProps {
  /** BCP 47 tag. Japanese for `ja…`, else English. Default `en`. */
  locale?: string | undefined
  /** Convert to this currency. Default: the tenant's. */
  currency?: string | undefined
  /** Zone in which instants are shown. Default UTC. */
  timeZone?: string | undefined
  /** `light`, `dark`, `system` (default), or CSS variables. */
  theme?: Theme | undefined
  /** The tenant's words for NRR and GRR. */
  terms?: TermsOption | undefined
  /** Half-open range of days. Default: the last complete months. */
  range?: DateRange | undefined
  filter?: FactWhere | undefined
  /** RFC 3339. Shows what was known at this instant, which has passed. Default: what is known now. */
  asOf?: string | undefined
  /** Shows what arrives within two seconds, while the page is visible. Default: as of when it was opened. */
  live?: boolean | undefined
  /** How movements are netted and named: a preset, options, or both. Default: our definitions. */
  view?: ViewInput | undefined
  /** Nonce of the page's content security policy, for the theme's variables in server-rendered HTML. */
  nonce?: string | undefined
  onEvent?: ((event: NobishiroEvent) => void) | undefined
  children?: ReactNode
}

/** Gives settings and a client to the widgets below. */
export function SettingsProvider({ client, children, ...props }: SettingsProps & { client: WidgetClient }) {
  const { locale = 'en', currency, timeZone, theme = 'system', terms, asOf, live = false, view, nonce, onEvent } = props
  const listener = useRef(onEvent)
  useEffect(() => {
    listener.current = onEvent
  })
  const emit = useCallback((event: NobishiroEvent) => listener.current?.(event), [])
  const [queryClient] = useState(() => createQueryClient(emit))
  useLive(client, queryClient, live && asOf === undefined)
  const rangeChanged = useCallback((range: DateRange | undefined) => emit({ type: 'range', range }), [emit])
  const filterChanged = useCallback((filter: FactWhere | undefined) => emit({ type: 'filter', filter }), [emit])
  const [range, setRange] = useSharedState(props.range, rangeChanged)
  const [filter, setFilter] = useSharedState(props.filter, filterChanged)

  useEffect(
    () => client.session.subscribe(() => emit({ type: 'session', state: client.session.snapshot().state })),
    [client, emit],
  )

  const settings = useMemo<Settings>(() => {
    const language = languageOf(locale)
    return {
      client,
      queryClient,
      locale,
      language,
      text: messagesOf(language),
      terms: termsOf(language, terms),
      currency,
      timeZone,
      asOf,
      view,
      theme,
      nonce,
      range,
      setRange,
      filter,
      setFilter,
      emit,
    }
  }, [
    client,
    queryClient,
    locale,
    terms,
    currency,
    timeZone,
    asOf,
    view,
    theme,
    nonce,
    range,
    setRange,
    filter,
    setFilter,
    emit,
  ])

  return <SettingsContext.Provider value={settings}>{children}</SettingsContext.Provider>
}
