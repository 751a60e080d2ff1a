import { mintSession } from '@nobishiro/sdk/server'

/** `POST /session`: gives the person who is signed in to the console a session of the whole tenant, for these origins only. */
export function sessionEndpoint(options: {
  url: string
  apiKey: string
  origins: readonly string[]
  fetch?: typeof fetch
}) {
  return async (_request: Request): Promise<Response> => {
    // Your own sign-in check belongs here: whoever passes it may see every account.
    const session = await mintSession({ ...options, viewer: 'TENANT' })
    return Response.json(session, { headers: { 'cache-control': 'no-store' } })
  }
}
