import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { dropLeftovers, testDatabases } from './leftovers.ts'
import { type Need, needBrowser, needData, needPostgres, needRedis } from './needs.ts'
import { type Prepared, prepare, tidyUp } from './prepared.ts'
import { root } from './root.ts'
import { readTally, type Tally } from './tally.ts'

// `pnpm test`: looks for what the tests need, says what is not run without it, runs every project, ends with one line.
const server = process.env['TEST_DATABASE_URL'] ?? 'postgresql://postgres@127.0.0.1:5432/postgres'
const inCi = process.env['CI'] === 'true'
const args = process.argv.slice(2)

const browser = needBrowser()
const postgres = await needPostgres(server)
const redis = await needRedis(process.env['TEST_REDIS_URL'] ?? 'redis://127.0.0.1:6379')
const data = needData(resolve(root, '../shared/data'))
const missing = [browser, postgres, redis, data].filter(say).length
if (missing && inCi) {
  console.error('CI=true: everything above must be there.')
  process.exit(1)
}

if (args.includes('--watch') || args.includes('-w')) process.exit(await vitest('watch', args))

const folder = mkdtempSync(join(tmpdir(), 'nobishiro-test-'))
const report = join(folder, 'report.json')
// On a server of this machine what earlier killed tests left goes too; elsewhere a process id says nothing.
const isLocal = ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(server).hostname)
const before = 'found' in postgres && !isLocal ? await testDatabases(server) : []
const prepared = await prepare(folder, 'found' in postgres ? server : undefined)
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
const code = await vitest('run', [...args, ...reporters], prepared)
if ('found' in postgres) {
  await tidyUp(prepared, server)
  const dropped = await dropLeftovers(server, before)
  if (dropped.length) console.log(`Dropped ${dropped.length} test databases that killed tests left.`)
}
const tally = tallyOf(report)
rmSync(folder, { recursive: true, force: true })
console.log(`${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped`)
process.exit(code === 0 && tally.failed === 0 ? 0 : 1)

/** Prints one need; true when it is missing. */
function say(need: Need): boolean {
  const found = 'found' in need
  console.log(`${need.name}: ${found ? need.found : `NOT FOUND: ${need.missing}`}`)
  return !found
}

function vitest(command: 'run' | 'watch', options: string[], prepared?: Prepared): Promise<number> {
  const cli = join(createRequire(join(root, 'package.json')).resolve('vitest/package.json'), '../vitest.mjs')
  const withoutBrowser = 'found' in browser ? [] : ['--project=!browser', '--project=!e2e']
  const env = {
    ...process.env,
    ...prepared,
    ...('found' in browser && { CHROMIUM_PATH: browser.found }),
    ...('found' in postgres ? { TEST_DATABASE_URL: server } : { NOBISHIRO_TEST_POSTGRES: 'absent' }),
    ...('missing' in redis && { NOBISHIRO_TEST_REDIS: 'absent' }),
  }
  const child = spawn(process.execPath, [cli, command, ...options, ...withoutBrowser], {
    cwd: root,
    stdio: 'inherit',
    env,
  })
  return new Promise((done) => {
    child.on('exit', (status, signal) => {
      if (signal) console.error(`Vitest was ended by ${signal} before it could report.`)
      done(status ?? 1)
    })
  })
}

function tallyOf(file: string): Tally {
  try {
    return readTally(file)
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }
  }
}
