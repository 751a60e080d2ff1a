import { expect, it } from 'vitest'
import { eachDatabase } from '../db.ts'
import { mixedClients } from './mixed.ts'

/** Of a minute and 20,000 answers: `pnpm nightly mixed`. */
const ANSWERS = 300

eachDatabase((open, engine) => {
  it('mixed clients see nothing of each other while requests are left, run late and fail, and connections come back clean', async () => {
    const { faults, answers, byStatus, connections } = await mixedClients(await open(), {
      until: (looked) => looked >= ANSWERS,
      clients: 24,
    })
    expect(faults).toEqual([])
    for (const count of Object.values(answers)) expect(count).toBeGreaterThan(0)
    expect(byStatus['200']).toBeGreaterThan(ANSWERS * 0.8)
    if (engine === 'postgresql') expect(connections).toBeGreaterThanOrEqual(5)
  })
})
