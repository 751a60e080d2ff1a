/** What was looked at, in the words of the table. */
export type Check = 'server' | 'clock' | 'session' | 'version' | 'origins' | 'page' | 'contrast'

export type Finding = {
  check: Check
  /** SKIPPED: it could not be looked at. */
  verdict: 'OK' | 'WARNING' | 'FAULT' | 'SKIPPED'
  says: string
  /** What to do about it. */
  remedy?: string
}

/** An embed, as its page and its vendor's server see it. */
export type Embed = {
  /** Where the page asks: the address of the server from outside. */
  server: URL
  /** Origin of the page, e.g. https://app.example.com */
  origin: string
  /** The page itself. */
  page: URL | undefined
  /** An API key with embed:create. */
  key: string | undefined
  /** Account of the session, or the whole tenant. */
  account: string | undefined
  /** What the page gives the provider as its theme. */
  theme: Readonly<Record<string, string>> | undefined
  ask: (request: Request) => Promise<Response>
  now: () => Date
}

/** Findings of one check, with what all of them share. */
export const finder =
  (check: Check) =>
  (verdict: Finding['verdict'], says: string, remedy?: string): Finding => ({
    ...{ check, verdict, says },
    ...(remedy === undefined ? {} : { remedy }),
  })
