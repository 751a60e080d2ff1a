import { connect } from '@nobishiro/prisma'
import { pino } from 'pino'
import { sessionEndpoint } from '../../../examples/admin-console/server/session.ts'
import { createApp } from '../app.ts'
import { createFactsCache } from '../facts/facts-cache.ts'
import { listen } from '../http/node-server.ts'
import { staticFilesHandler } from '../http/static-files.ts'
import { ready, urlOf } from './side-process.ts'

// The whole server on a free port, with a page and its sessions where a folder and a key are given. Its clock goes by requests, so
// that points come back as fast as they are spent.
const [databaseUrl = '', start = '', msARequest = '', page, apiKey = ''] = process.argv.slice(2)
const db = await connect({ url: databaseUrl })
let asked = 0
const now = () => new Date(Date.parse(start) + asked * Number(msARequest))
let app: ReturnType<typeof createApp> | undefined
const server = await listen(
  async (request, connection) => {
    asked += 1
    return (await app?.(request, connection)) ?? new Response('starting', { status: 503 })
  },
  { port: 0, host: '127.0.0.1' },
)
const url = urlOf(server)
const session = sessionEndpoint({ url, apiKey, origins: [url] })
app = createApp({
  ...{ db, now, factsCache: createFactsCache({ database: db, now }), logger: pino({ level: 'silent' }) },
  ...{ secret: 'a secret of forty characters for a bench.', production: true, origins: [url] },
  ...(page ? { site: staticFilesHandler(page) } : {}),
  host: async (request) => (new URL(request.url).pathname === '/session' ? session(request) : undefined),
})
ready(server, () => db.close())
