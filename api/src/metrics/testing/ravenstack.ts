import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Store } from '../../facts/column-store.ts'
import { aStore, type Change } from '../../facts/testing/a-store.ts'
import { root } from '../../testing/root.ts'

const folder = join(root, '../shared/data/ravenstack')

/** Absent data skips the tests that need it, except in CI, where they fail. */
export const ravenstackIsAbsent = !existsSync(folder) && !process.env['CI']

/** The accounts' monthly changes straight from the published rows, without our importer. */
export function ravenstackStore(): Store {
  const changes = rows('ravenstack_subscriptions.csv').flatMap((row): Change[] => {
    const cents = row['is_trial'] === 'True' ? 0 : Number(row['mrr_amount']) * 100
    const [account = '', start = '', end = ''] = [row['account_id'], row['start_date'], row['end_date']]
    const begin: Change = [account, start, cents]
    return end ? [begin, [account, end, -cents]] : [begin]
  })
  return aStore({ changes, dataThrough: '2024-12-31' })
}

/** Rows of a file, by column name. None of these files quotes. */
export function rows(file: string): Record<string, string>[] {
  const [header = '', ...lines] = readFileSync(join(folder, file), 'utf8').trim().split(/\r?\n/)
  const names = header.split(',')
  return lines.map((line) => {
    const cells = line.split(',')
    return Object.fromEntries(names.map((name, index) => [name, cells[index] ?? '']))
  })
}
