import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

export type Received = { headers: IncomingHttpHeaders; body: string; id: string; at: number }
/** An answer; 'HANG' never comes. */
export type Reply = { status: number; headers?: Record<string, string> } | 'HANG'

/** A real receiver on this machine, which answers as it is told and remembers what it got. Closed after the test. */
export async function aReceiver(reply: (received: Received, count: number) => Reply = () => ({ status: 204 })) {
  const received: Received[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { headers } = request
      const one = { headers, body: Buffer.concat(chunks).toString(), id: String(headers['webhook-id']), at: Date.now() }
      received.push(one)
      const answer = reply(one, received.length)
      if (answer !== 'HANG') response.writeHead(answer.status, answer.headers).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo // it listens on a port
  return { url: `http://127.0.0.1:${port}/hooks`, received }
}
