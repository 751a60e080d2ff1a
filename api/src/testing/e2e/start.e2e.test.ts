import { rmSync } from 'node:fs'
import { afterAll, expect, it } from 'vitest'
import { createDatabase, dropAll } from '../db.ts'
import { freePort, newFolder, runCommand, startServer } from './server.ts'

const folder = newFolder()
const databases: string[] = []

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  if (databases.length) await dropAll(databases)
})

const hashOf = async (env: Record<string, string>) => {
  const { code, stdout } = await runCommand(['verify', '--tenant', 'demo', '--json'], env)
  expect(code).toBe(0)
  return (JSON.parse(stdout) as [{ hash: string }])[0].hash
}
let firstStart: number

it('serves on the port it is given, and a second process on the same folder refuses', async () => {
  const server = await startServer(folder)
  firstStart = server.readyAfter
  expect(server.output()).toContain(`Listening on ${server.url}`)
  const second = await runCommand(['serve', '--demo'], {
    NOBISHIRO_DATA_DIR: folder,
    PORT: String(await freePort()),
  })
  expect(second.code).not.toBe(0)
  expect(second.output).toMatch(/data folder .* is in use by another process/)
  expect(second.output).not.toMatch(/^\s+at /m)
  expect((await fetch(`${server.url}/health/ready`)).status).toBe(200)
  expect(await server.stop()).toBe(0)
})

it('starts again on what is there, at once', async () => {
  const server = await startServer(folder)
  console.log(`ready after ${firstStart} ms with the demo to deliver, ${server.readyAfter} ms with it there`)
  // 3 s where nothing else runs; on a busy machine, a share of what the first start took.
  expect(server.readyAfter).toBeLessThan(Math.max(3_000, firstStart * 0.7))
  expect(server.output()).not.toContain('Delivering')
  expect(await server.stop()).toBe(0)
})

it.skipIf(process.env['NOBISHIRO_TEST_POSTGRES'] === 'absent')(
  'the demo on PostgreSQL has the same ledger as on the embedded database',
  async () => {
    const other = newFolder()
    const env = { DATABASE_URL: await createDatabase(databases), NOBISHIRO_DATA_DIR: other }
    const server = await startServer(other, { env })
    expect(await server.stop()).toBe(0)
    expect(await hashOf(env)).toBe(await hashOf({ NOBISHIRO_DATA_DIR: folder }))
    rmSync(other, { recursive: true, force: true })
  },
)
