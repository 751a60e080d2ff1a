import { Command } from 'commander'
import { start } from '../main.ts'
import { elementFiles } from './element-files.ts'
import type { House } from './house.ts'

/** `nobishiro serve` */
export function serveCommand(house: House): Command {
  return new Command('serve')
    .description('Serve GraphQL, webhooks and sessions')
    .option('--demo', 'with a demo tenant and the example admin console at /')
    .action(async ({ demo }: { demo?: boolean }) => {
      const { env, err } = house
      const extend = demo ? (await import('./demo-site.ts')).demoSite(house) : undefined
      const server = await start(env, { widgets: elementFiles(env), ...(extend && { extend }) })
      err.write(`Listening on ${server.url}\n`)
      const stopped = untilStopped(server.stop)
      await server.ready.catch(async (error: unknown) => {
        await server.stop()
        throw error
      })
      err.write(`Ready: GraphQL at ${server.url}/graphql, health at ${server.url}/health/ready\n`)
      await stopped
    })
}

/** Resolves after SIGTERM or SIGINT, when everything under way is finished. A second signal ends at once. */
function untilStopped(stop: () => Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    const onSignal = () => {
      process.once('SIGINT', () => process.exit(1))
      process.once('SIGTERM', () => process.exit(1))
      stop().then(resolve, reject)
    }
    process.once('SIGINT', onSignal)
    process.once('SIGTERM', onSignal)
  })
}
