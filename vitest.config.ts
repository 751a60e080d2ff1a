import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import { CHROMIUM_ARGS, findChromium } from './api/src/testing/chromium.ts'

const executablePath = findChromium()

// Packages resolve to their sources, so nothing is built before a test.
const conditions = ['source', 'node']
// Node's graphql for everyone: Vite would take the module build for our files, Node the main one for their dependencies.
const alias = [{ find: /^graphql$/, replacement: 'graphql/index.js' }]
const resolve = { conditions, alias }
const ssr = { resolve: { conditions, externalConditions: ['source'] } }
const jsx = { jsx: { runtime: 'automatic' as const } }

// Vite serves JSON as a module; Vitest's browser runner keeps the attribute that would have it served as JSON.
const jsonAsModule = {
  name: 'json-as-module',
  enforce: 'pre' as const,
  transform: (code: string) => code.replaceAll(", { with: { type: 'json' } }", ''),
}

// Properties run hundreds of cases; a busy machine must not fail them.
const UNIT_TIMEOUT = 60_000

// Modules keep no state that a test could leave behind, and loading them anew for every file took a third of the time.
const ISOLATE = false

// Looks at what the servers of each file logged and traced.
const setupFiles = ['api/src/testing/after-each-file.ts']

export default defineConfig({
  test: {
    projects: [
      {
        resolve,
        ssr,
        test: {
          name: 'api',
          isolate: ISOLATE,
          setupFiles,
          environment: 'node',
          testTimeout: UNIT_TIMEOUT,
          include: ['api/src/**/*.test.ts', 'prisma/src/**/*.test.ts'],
          exclude: ['**/*.int.test.ts', '**/*.e2e.test.ts', '**/testing/docs/**', '**/node_modules/**'],
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: 'api-int',
          isolate: ISOLATE,
          setupFiles,
          environment: 'node',
          include: ['api/src/**/*.int.test.ts', 'prisma/src/**/*.int.test.ts'],
          pool: 'forks',
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: 'sdk',
          environment: 'node',
          testTimeout: UNIT_TIMEOUT,
          include: ['sdk/src/**/*.test.ts'],
          exclude: ['**/*.browser.test.ts', '**/node_modules/**'],
        },
      },
      {
        resolve,
        ssr,
        oxc: jsx,
        test: {
          name: 'widgets',
          environment: 'happy-dom',
          testTimeout: UNIT_TIMEOUT,
          include: ['widgets/src/**/*.test.{ts,tsx}', 'examples/*/**/*.test.{ts,tsx}'],
          exclude: ['**/*.browser.test.*', '**/node_modules/**'],
        },
      },
      {
        resolve: { conditions: ['source', 'module', 'browser', 'import', 'default'] },
        plugins: [jsonAsModule],
        oxc: jsx,
        test: {
          name: 'browser',
          sequence: { groupOrder: 2 },
          include: ['{widgets,sdk}/src/**/*.browser.test.{ts,tsx}', 'examples/*/src/**/*.browser.test.{ts,tsx}'],
          testTimeout: 30_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: { ...(executablePath && { executablePath }), args: CHROMIUM_ARGS } }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: 'docs',
          setupFiles,
          environment: 'node',
          include: ['api/src/testing/docs/*.test.ts'],
          testTimeout: 120_000,
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: 'e2e',
          sequence: { groupOrder: 3 },
          environment: 'node',
          include: ['api/src/testing/e2e/**/*.e2e.test.ts'],
          pool: 'forks',
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
})
