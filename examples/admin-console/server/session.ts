import { mintSession } from '@nobishiro/sdk/server'

/** All that the console shows: `costs` has to be asked for by name, since it tells what the vendor itself spends and earns. */
const capabilities = ['nrr', 'waterfall', 'seats', 'explain', 'accounts', 'export', 'costs']

/** `POST /session`: gives the person who is signed in to the console a session of the whole tenant, for these origins only. */
export function sessionEndpoint(options: {
  url: string
  apiKey: string
  origins: readonly string[]
  fetch?: typeof fetch
}) {
  return async (_request: Request): Promise<Response> => {
    // Your own sign-in check belongs here: whoever passes it may see every account.
    const session = await mintSession({ ...options, viewer: 'TENANT', capabilities })
    return Response.json(session, { headers: { 'cache-control': 'no-store' } })
  }
}
