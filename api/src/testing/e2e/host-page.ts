import { createServer } from 'node:http'
import { freePort } from './server.ts'

/** A vendor's page of another origin, under a strict policy, and its own server that mints sessions for whoever comes. */
export async function hostPage(
  html: string,
  { policy, mint }: { policy: string; mint: (origin: string) => Promise<unknown> },
): Promise<{ url: string; close: () => Promise<void> }> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const server = createServer((request, response) => {
    if (request.url === '/nobishiro/session' && request.method === 'POST') {
      mint(url).then(
        (session) => response.setHeader('content-type', 'application/json').end(JSON.stringify(session)),
        (error: unknown) => response.writeHead(500).end(String(error)),
      )
      return
    }
    response
      .setHeader('content-type', 'text/html; charset=utf-8')
      .setHeader('content-security-policy', policy)
      .end(html)
  })
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done))
  return {
    url,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections()
        server.close(() => done())
      }),
  }
}
