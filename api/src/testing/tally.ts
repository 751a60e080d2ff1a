import { readFileSync } from 'node:fs'

export type Tally = { passed: number; failed: number; skipped: number }

type Report = {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
  testResults: { status: string; assertionResults: unknown[] }[]
}

/** Counts of one run, from Vitest's JSON report. A file that could not be loaded counts as one failure. */
export function readTally(file: string): Tally {
  const report = JSON.parse(readFileSync(file, 'utf8')) as Report
  const broken = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}
