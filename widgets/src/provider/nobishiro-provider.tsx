import { useEffect, useMemo, useRef } from 'react'
import { type Connection, connect } from './client.ts'
import { type SettingsProps, SettingsProvider } from './settings-provider.tsx'

export interface NobishiroProviderProps extends Connection, SettingsProps {}

/** Connects the widgets below it. Pass exactly one of `session`, `apiKey` (on a server) or `sandbox`. */
export function NobishiroProvider({ session, apiKey, sandbox, url, ...settings }: NobishiroProviderProps) {
  // A session function written inline is new on every render; the connection is not.
  const mint = useRef(session)
  useEffect(() => {
    mint.current = session
  })
  const hasSession = session !== undefined
  const client = useMemo(
    () =>
      connect({
        session: hasSession ? () => (mint.current as NonNullable<typeof session>)() : undefined, // set, as hasSession says
        apiKey,
        sandbox,
        url,
      }),
    [hasSession, apiKey, sandbox, url],
  )
  return <SettingsProvider key={`${url} ${hasSession} ${sandbox}`} client={client} {...settings} />
}
