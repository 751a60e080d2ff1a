import { type Credential, emptySession } from './session.ts'

const nothing = async () => undefined

/** A credential that never changes: an API key, or the sandbox that needs none. */
export function fixedCredential(value: string): Credential {
  const ready = { ...emptySession, state: 'ready' } as const
  return {
    snapshot: () => ready,
    subscribe: () => () => {},
    renew: nothing,
    close: nothing,
    token: async () => value,
    replace: nothing,
    deny: nothing,
  }
}
