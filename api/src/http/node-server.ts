import { randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import { createServerAdapter } from '@whatwg-node/server'
import type { Connection } from './handler.ts'

type Answer = (request: Request, connection: Connection) => Promise<Response> | Response

/** The address is taken by another program. */
export class PortInUseError extends Error {
  readonly code = 'PORT_IN_USE'
}

/** Listens, and resolves once connections are taken. */
export async function listen(answer: Answer, { port, host }: { port: number; host: string }): Promise<Server> {
  const adapter = createServerAdapter<{ req: { socket: { remoteAddress?: string | undefined } } }>((request, { req }) =>
    answer(request, { requestId: randomUUID(), address: req.socket.remoteAddress }),
  )
  const server = createServer({ requestTimeout: 30_000, headersTimeout: 10_000, keepAliveTimeout: 5_000 }, adapter)
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new PortInUseError(`Port ${port} of ${host} is in use. Stop the other program, or set PORT to another one.`)
          : error,
      ),
    )
    server.listen(port, host, resolve)
  })
  return server
}

/** Takes no more connections and waits for the answers under way, at most `graceMs`. */
export async function stopListening(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  const timer = setTimeout(() => server.closeAllConnections(), graceMs)
  await closed
  clearTimeout(timer)
}
