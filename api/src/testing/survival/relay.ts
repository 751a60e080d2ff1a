import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

export type Relay = {
  /** The same database, through the relay. */
  url: string
  /** As when the server of the database is gone: connections break, and no others are taken. */
  cut: () => Promise<void>
  restore: () => Promise<void>
  /** As when it hangs: what is sent goes nowhere, and nothing comes back, until it is let go. */
  hold: () => () => void
}

/** A way to a database that can be cut. */
export async function relayTo(database: string): Promise<Relay> {
  const target = new URL(database)
  /** Each end of a connection, and the other. */
  const pairs = new Map<Socket, Socket>()
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname)
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      pairs.set(socket, other)
      socket.pipe(other)
      socket.on('error', () => other.destroy())
      socket.on('close', () => {
        pairs.delete(socket)
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
    for (const socket of pairs.keys()) socket.destroy()
    await closed
  }
  const hold = () => {
    for (const socket of pairs.keys()) socket.unpipe().pause()
    return () => {
      for (const [socket, other] of pairs) if (!socket.destroyed) socket.pipe(other)
    }
  }
  return { url: url.href, cut, hold, restore: async () => void (await listen(port)) }
}
