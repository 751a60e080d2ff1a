import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { DEFAULT_MAPPING } from '../sources/csv/default-mapping.ts'
import { parseMapping } from '../sources/csv/mapping.ts'
import { findFiles } from './find-files.ts'
import { writeFiles } from './testing/import-text.ts'

const empty = (...names: string[]) => writeFiles(Object.fromEntries(names.map((name) => [name, ''])))

describe('files', () => {
  it('of a directory are read kind by kind, in the order of their names, without rejected rows', async () => {
    const directory = await empty(
      'usage-02.csv',
      'usage-01.csv',
      'accounts.csv',
      'accounts.rejects.csv',
      'notes.txt',
      'subscriptions.csv',
    )
    const names = (await findFiles(directory, DEFAULT_MAPPING)).map(({ kind, name }) => `${kind} ${name}`)
    expect(names).toEqual([
      'accounts accounts.csv',
      'subscriptions subscriptions.csv',
      'usage usage-01.csv',
      'usage usage-02.csv',
    ])
    expect(await findFiles(directory, DEFAULT_MAPPING, 'accounts')).toHaveLength(1)
  })

  it('one file is what its name or --kind says', async () => {
    const directory = await empty('accounts.csv', 'export.csv')
    expect(await findFiles(join(directory, 'accounts.csv'), DEFAULT_MAPPING)).toMatchObject([{ kind: 'accounts' }])
    expect(await findFiles(join(directory, 'export.csv'), DEFAULT_MAPPING, 'usage')).toMatchObject([{ kind: 'usage' }])
    await expect(findFiles(join(directory, 'export.csv'), DEFAULT_MAPPING)).rejects.toThrow(
      'Cannot tell from its name what export.csv holds. Say it with --kind: accounts, subscriptions, usage, seats, ',
    )
  })

  it('what is not there is said', async () => {
    await expect(findFiles('/no/such/place', DEFAULT_MAPPING)).rejects.toThrow(
      'There is no file or directory at /no/such/place.',
    )
    await expect(findFiles(await empty('notes.txt'), DEFAULT_MAPPING)).rejects.toThrow(
      'holds none of the files of the mapping "csv": accounts*.csv (accounts), subscriptions*.csv (subscriptions), usage*.csv (usage), seats*.csv (seats), ',
    )
    const accountsOnly = parseMapping({ name: 'x', accounts: { file: 'a.csv', columns: { account: 'a' } } }, 'x.json')
    await expect(findFiles(await empty('a.csv'), accountsOnly, 'usage')).rejects.toThrow(
      'The mapping "x" does not describe usage.',
    )
  })
})
