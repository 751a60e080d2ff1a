import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import type { Server } from 'node:http'

/** A server in a process of its own, so that what asks it takes nothing from its time. */
export type Side = { url: string; stop: () => Promise<void> }

/** Runs a module that ends in `ready`, with arguments. */
export async function startSide(module: URL, args: readonly string[]): Promise<Side> {
  const child = fork(module, args)
  const [url] = await Promise.race([once(child, 'message'), endedEarly(child, module)])
  return {
    url: String(url),
    stop: async () => {
      child.disconnect()
      await once(child, 'exit')
    },
  }
}

async function endedEarly(child: ChildProcess, module: URL): Promise<never> {
  const [code] = await once(child, 'exit')
  throw new Error(`${module.pathname} ended with ${code} before it served.`)
}

/** Of the other process: tells where it serves, and ends when whoever started it lets go. */
export function ready(server: Server, close: () => Promise<void>): void {
  process.send?.(urlOf(server))
  process.on('disconnect', async () => {
    server.closeAllConnections()
    server.close()
    await close()
    process.exit()
  })
}

export function urlOf(server: Server): string {
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
}
