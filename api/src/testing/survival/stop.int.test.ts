import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from '@nobishiro/prisma'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { createDatabase, dropAll } from '../db.ts'
import { startServer } from '../e2e/server.ts'
import { createNumbers, sendUntilGone } from './clients.ts'
import { environment, furnish, uploadAccounts } from './deliveries.ts'
import { inTheEnd } from './in-the-end.ts'

const databases: string[] = []
afterAll(() => (databases.length > 0 ? dropAll(databases) : undefined))

describe.each([
  { engine: 'PGlite', isAbsent: false },
  { engine: 'PostgreSQL', isAbsent: process.env['NOBISHIRO_TEST_POSTGRES'] === 'absent' },
])('a server on $engine that is asked to stop while requests are under way', ({ engine, isAbsent }) => {
  it.skipIf(isAbsent)('answers them, is gone within 10 s with 0, and has kept what it answered', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'nobishiro-stop-'))
    const url = engine === 'PGlite' ? undefined : await createDatabase(databases)
    const place = url === undefined ? { dataDir } : { url }
    const empty = await connect(place)
    const key = await furnish(empty)
    await uploadAccounts(empty)
    await empty.close()
    const server = await startServer(dataDir, { args: [], env: environment(url) })
    try {
      const goes = new AbortController()
      const numbers = createNumbers()
      const sent = vi.fn(numbers)
      const clients = sendUntilGone(server.url, key, sent, { goes: goes.signal })
      // Every client has had an answer, and waits for the next.
      await vi.waitFor(() => expect(sent.mock.calls.length).toBeGreaterThan(15), { timeout: 30_000 })
      const asked = Date.now()
      goes.abort()
      expect(await server.stop()).toBe(0)
      expect(Date.now() - asked).toBeLessThan(10_000)
      const { acknowledged, unanswered, refused } = await clients
      expect({ unanswered, refused }).toEqual({ unanswered: [], refused: [] })
      expect(acknowledged.length).toBe(sent.mock.calls.length)
      expect(
        await inTheEnd(
          place,
          acknowledged.map(({ delivery }) => delivery),
        ),
      ).toEqual([])
    } finally {
      await server.kill()
      rmSync(dataDir, { recursive: true, force: true })
    }
  })
})
