import { afterAll, describe, expect, it } from 'vitest'
import { createDatabase, dropAll } from '../db.ts'
import { KINDS } from './deliveries.ts'
import { killAgainAndAgain } from './kill.ts'

/** On each engine; each while deliveries of every kind are under way. A hundred times: `pnpm nightly kill`. */
const KILLS = 10

const databases: string[] = []
afterAll(() => (databases.length > 0 ? dropAll(databases) : undefined))

describe.each([
  { engine: 'PGlite', isAbsent: false },
  { engine: 'PostgreSQL', isAbsent: process.env['NOBISHIRO_TEST_POSTGRES'] === 'absent' },
])('a server on $engine that is killed while webhooks, batches and files come in', ({ engine, isAbsent }) => {
  it.skipIf(isAbsent)(
    'keeps what it acknowledged, once, and the rest whole or not at all, and is ready again within 10 s',
    { timeout: 240_000 },
    async () => {
      const target = engine === 'PGlite' ? {} : { url: await createDatabase(databases) }
      const { faults, acknowledged, unanswered, lostAnswers, slowestReadyMs } = await killAgainAndAgain(KILLS, target)
      expect(faults).toEqual([])
      for (const kind of KINDS) {
        expect(acknowledged[kind]).toBeGreaterThan(0)
        expect(unanswered[kind]).toBeGreaterThanOrEqual(KILLS)
      }
      expect(lostAnswers).toBeGreaterThan(0)
      expect(slowestReadyMs).toBeLessThanOrEqual(10_000)
    },
  )
})
