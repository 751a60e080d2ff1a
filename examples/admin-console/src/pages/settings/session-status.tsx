import { useSyncExternalStore } from 'react'
import { client } from '../../client.ts'
import { useFormat } from '../../format.ts'
import { useText } from '../../preferences.ts'

const { session } = client

/** The state of the console's own session, as it changes. */
export function SessionStatus() {
  const { settings } = useText()
  const format = useFormat()
  const { state, expiresAt, sessionId, error } = useSyncExternalStore(session.subscribe, session.snapshot)
  const renew = () => session.renew().catch(() => {}) // the fault shows in the state
  return (
    <section className="card" aria-labelledby="session">
      <h2 id="session">{settings.session}</h2>
      <p className="card-hint">{settings.sessionHint}</p>
      <dl className="properties">
        <dt>{settings.state}</dt>
        <dd>
          <span className={`badge badge-${state}`} role="status">
            {settings.states[state]}
          </span>
        </dd>
        {expiresAt !== null && (
          <>
            <dt>{settings.expires}</dt>
            <dd>{format.time(expiresAt)}</dd>
          </>
        )}
        {sessionId && (
          <>
            <dt>{settings.sessionId}</dt>
            <dd>
              <code>{sessionId}</code>
            </dd>
          </>
        )}
        {error && (
          <>
            <dt>{settings.lastFault}</dt>
            <dd>
              <code>{error.code}</code>
            </dd>
          </>
        )}
      </dl>
      <button type="button" className="button" onClick={renew}>
        {settings.renew}
      </button>
    </section>
  )
}
