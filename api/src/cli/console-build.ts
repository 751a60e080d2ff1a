import { type Built, startBuild } from './vite-build.ts'

const CONSOLE = 'examples/admin-console'

/** The built example console. */
export const startConsole = (): Promise<Built> =>
  startBuild({
    name: 'The example console',
    from: CONSOLE,
    to: `${CONSOLE}/dist`,
    sources: [CONSOLE, 'sdk', 'widgets'],
  })
