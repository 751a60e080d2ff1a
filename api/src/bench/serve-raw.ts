import { createServer } from 'node:http'
import pg from 'pg'
import { isRawName, RAW } from './raw-answers.ts'
import { ready } from './side-process.ts'

// What somebody writes by hand: node:http, pg, JSON.stringify. No credential, no limits, no definitions: rows that are ready to read.
const [databaseUrl, name = ''] = process.argv.slice(2)
if (!isRawName(name)) throw new Error(`There is no raw answer ${name}.`)
const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 })
const server = createServer(async (request, response) => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  JSON.parse(Buffer.concat(chunks).toString())
  const data = await RAW[name].read(pool)
  response.setHeader('content-type', 'application/graphql-response+json; charset=utf-8')
  response.end(JSON.stringify({ data, extensions: EXTENSIONS }))
})
/** As long as what the API says of cost. */
const EXTENSIONS = { cost: { requested: 30, available: 4970, restoreRate: 100 } }
server.listen(0, '127.0.0.1', () => ready(server, () => pool.end()))
