import { connect } from '@nobishiro/prisma'
import { pino } from 'pino'
import { createApp } from '../app.ts'
import { createFactsCache } from '../facts/facts-cache.ts'
import { listen } from '../http/node-server.ts'
import { ready } from './side-process.ts'

// The whole server on a free port. Its clock goes by requests, so that points come back as fast as they are spent.
const [databaseUrl = '', start = '', msARequest = ''] = process.argv.slice(2)
const db = await connect({ url: databaseUrl })
let asked = 0
const now = () => new Date(Date.parse(start) + asked * Number(msARequest))
const app = createApp({
  ...{ db, now, factsCache: createFactsCache({ database: db, now }), logger: pino({ level: 'silent' }) },
  ...{ secret: 'a secret of forty characters for a bench.', production: true, origins: [] },
})
const server = await listen(
  (request, connection) => {
    asked += 1
    return app(request, connection)
  },
  { port: 0, host: '127.0.0.1' },
)
ready(server, () => db.close())
