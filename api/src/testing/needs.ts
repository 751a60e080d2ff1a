import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createClient } from '@redis/client'
import pg from 'pg'
import { findChromium } from './chromium.ts'

/** One thing that some tests need: found, or the sentence that says what is not run without it. */
export type Need = { name: string; found: string } | { name: string; missing: string }

/** An installed browser; on Debian as root it is installed by apt-get. */
export function needBrowser(): Need {
  const name = 'Chromium'
  const found = findChromium() ?? installChromium()
  if (found) return { name, found }
  return { name, missing: 'the browser tests are not run. Install chromium, or name one in CHROMIUM_PATH.' }
}

function installChromium(): string | undefined {
  const debian = existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get')
  if (!debian || process.getuid?.() !== 0) return undefined
  console.log('No Chromium found: installing the package chromium by apt-get.')
  const apt = (...args: string[]) =>
    spawnSync('apt-get', args, { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
  apt('update', '-qq')
  apt('install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-noto-cjk')
  return findChromium()
}

/** A PostgreSQL server on which test databases may be created and dropped. */
export async function needPostgres(url: string): Promise<Need> {
  const name = 'PostgreSQL'
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3000 })
  try {
    await client.connect()
    const { rows } = await client.query<{ version: string }>("SELECT current_setting('server_version') AS version")
    await client.end()
    return { name, found: `${rows[0]?.version} at ${new URL(url).host}` }
  } catch (error) {
    const why = error instanceof Error ? error.message || error.name : String(error)
    return {
      name,
      missing: `the PostgreSQL tests are not run (${why}). Start a server, or name one in TEST_DATABASE_URL.`,
    }
  }
}

/** A Redis for allowances that processes share; tests leave keys that expire. */
export async function needRedis(url: string): Promise<Need> {
  const name = 'Redis'
  const client = createClient({ url, socket: { connectTimeout: 2_000, reconnectStrategy: false } })
  client.on('error', () => {}) // connect says it too
  try {
    await client.connect()
    await client.ping()
    return { name, found: new URL(url).host }
  } catch (error) {
    const why = error instanceof Error ? error.message || error.name : String(error)
    return { name, missing: `the Redis tests are not run (${why}). Start one, or name one in TEST_REDIS_URL.` }
  } finally {
    client.destroy()
  }
}

/** Published data sets with expected numbers, kept beside the repository. */
export function needData(folder: string): Need {
  const name = 'Reference data'
  if (existsSync(folder)) return { name, found: folder }
  return { name, missing: `the tests against published numbers are not run: ${folder} does not exist.` }
}
