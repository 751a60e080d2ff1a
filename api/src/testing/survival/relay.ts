import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

export type Relay = {
  /** The same database, through the relay. */
  url: string
  /** As when the server of the database is gone: connections break, and no others are taken. */
  cut: () => Promise<void>
  restore: () => Promise<void>
}

/** A way to a database that can be cut. */
export async function relayTo(database: string): Promise<Relay> {
  const target = new URL(database)
  const sockets = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname)
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket)
      socket.pipe(other)
      socket.on('error', () => other.destroy())
      socket.on('close', () => {
        sockets.delete(socket)
        other.destroy()
      })
    }
  })
  const listen = async (port: number) => {
    await once(server.listen(port, '127.0.0.1'), 'listening')
    return (server.address() as { port: number }).port // it listens on TCP
  }
  const port = await listen(0)
  const url = new URL(target)
  url.host = `127.0.0.1:${port}`
  const cut = async () => {
    const closed = once(server, 'close')
    server.close()
    for (const socket of sockets) socket.destroy()
    await closed
  }
  return { url: url.href, cut, restore: async () => void (await listen(port)) }
}
