import { join } from 'node:path'
import { Refused } from '../http/answer.ts'
import type { Handler } from '../http/handler.ts'
import { staticFilesHandler } from '../http/static-files.ts'
import { ROOT, startBuild } from './vite-build.ts'

const FOLDER = 'widgets/dist/elements'

/**
 * `/widgets.js` and what belongs to it: widgets as elements, for one script tag on any page. They are public, and the same for everyone.
 * Outside of production they are built when they are first asked for.
 */
export function elementFiles({ production }: { production: boolean }): Handler {
  const serve = staticFilesHandler(join(ROOT, FOLDER))
  let built: Promise<void> | undefined
  const served: typeof serve = async (request, connection) => {
    try {
      return await serve(request, connection)
    } catch (error) {
      throw production && isEntry(request) && error instanceof Refused && error.status === 404 ? notBuilt() : error
    }
  }
  return async (request, connection) => {
    if (!production) {
      built ??= build()
      await built.catch((error: unknown) => {
        built = undefined
        throw error
      })
    }
    const response = await served(request, connection)
    // A module of another origin is loaded only where it may be read.
    response.headers.set('access-control-allow-origin', '*')
    response.headers.set('cross-origin-resource-policy', 'cross-origin')
    return response
  }
}

async function build(): Promise<void> {
  const recipe = { from: 'widgets', to: FOLDER, args: ['--config', 'vite.elements.config.ts'] }
  const { finished } = await startBuild({ name: 'The widgets', sources: ['sdk', 'widgets'], ...recipe })
  await finished
}

const isEntry = (request: Request) => /^\/widgets\.(js|css)$/.test(new URL(request.url).pathname)
const notBuilt = () =>
  new Refused(404, 'The widgets were not built: pnpm --filter @nobishiro/widgets build', 'NOT_FOUND')
