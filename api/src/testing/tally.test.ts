import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { readTally } from './tally.ts'

const folder = mkdtempSync(join(tmpdir(), 'nobishiro-tally-'))
afterAll(() => rmSync(folder, { recursive: true }))

function report(testResults: { status: string; assertionResults: unknown[] }[]): string {
  const file = join(folder, 'report.json')
  const counts = { numPassedTests: 7, numFailedTests: 1, numPendingTests: 2, numTodoTests: 3 }
  writeFileSync(file, JSON.stringify({ ...counts, testResults }))
  return file
}

it('counts pending and open tests as skipped', () => {
  const file = report([{ status: 'failed', assertionResults: [{}] }])
  expect(readTally(file)).toEqual({ passed: 7, failed: 1, skipped: 5 })
})

it('a file that could not be loaded counts as a failure', () => {
  const file = report([{ status: 'failed', assertionResults: [] }])
  expect(readTally(file).failed).toBe(2)
})
