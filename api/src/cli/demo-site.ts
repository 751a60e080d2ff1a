import type { Database } from '@nobishiro/prisma'
import type { Handler } from '../http/handler.ts'
import { staticFilesHandler } from '../http/static-files.ts'
import type { Extend } from '../main.ts'
import { startConsole } from './console-build.ts'
import { demoKey } from './demo-key.ts'
import type { House } from './house.ts'
import { DEMO_TENANT, demoAge, seed } from './seed.ts'
import type { Built } from './vite-build.ts'

/** The demo: a tenant with a history, and the example console as its host application. */
export function demoSite(house: House): Extend {
  const { env, err, clock } = house
  return async ({ db, url, step }) => {
    step('preparing the demo')
    const example = await startConsole()
    if (example.isBuilding) err.write('Building the example console…\n')
    await seedOnce(house, db)
    const site = await siteOf(house, example)
    const apiKey = await demoKey(db, { dataDir: env.dataDir, tenantId: DEMO_TENANT, now: clock() })
    const { port } = new URL(url)
    const origins = [...new Set([url, `http://localhost:${port}`, ...env.origins])]
    // The example's own server code: it is not part of this server.
    const { sessionEndpoint } = await import('../../../examples/admin-console/server/session.ts')
    const session = sessionEndpoint({ url, apiKey, origins })
    err.write(`Example console: ${url}/\nDemo API key: ${apiKey}\n`)
    return {
      ...(site ? { site } : {}),
      host: async (request) => (new URL(request.url).pathname === '/session' ? session(request) : undefined),
    }
  }
}

/** The console's files; a console that does not build is said so, and the API runs without it. */
async function siteOf({ err }: House, { folder, finished }: Built): Promise<Handler | undefined> {
  try {
    await finished
    return staticFilesHandler(folder)
  } catch (error) {
    err.write(`${error instanceof Error ? error.message : String(error)}\nThe API runs without it.\n`)
    return undefined
  }
}

/** The first start delivers the whole history; a later one what has happened since, behind the answers. */
async function seedOnce(house: House, db: Database): Promise<void> {
  const age = await demoAge(house, db)
  if (age === undefined) return seed(house, db)
  if (age > 1)
    seed(house, db).catch((error: unknown) =>
      house.err.write(`The demo tenant was not brought up to date: ${String(error)}\n`),
    )
}
