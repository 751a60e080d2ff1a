import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { ExpectedError } from '../../shared/errors.ts'
import { CSV_KINDS, type CsvKind } from '../sources/csv/fields.ts'
import type { Mapping } from '../sources/csv/mapping.ts'

export type FoundFile = {
  kind: CsvKind
  path: string
  name: string
  /** The file itself, where it is not on this machine. Read once. */
  chunks?: AsyncIterable<Uint8Array>
}

/** The files at a path that a mapping describes, in the order in which they are to be read. */
export async function findFiles(path: string, mapping: Mapping, kind?: CsvKind): Promise<FoundFile[]> {
  if (kind !== undefined && !mapping[kind]) {
    throw new ExpectedError('INVALID_INPUT', `The mapping "${mapping.name}" does not describe ${kind}.`, 'kind')
  }
  const found = await stat(path).catch(() => null)
  if (!found) throw new ExpectedError('NOT_FOUND', `There is no file or directory at ${path}.`)
  if (!found.isDirectory()) {
    const kinds = kind === undefined ? kindsOf(basename(path), mapping) : [kind]
    return kinds.map((each) => ({ kind: each, path, name: basename(path) }))
  }
  const names = (await readdir(path)).filter((name) => !name.endsWith('.rejects.csv')).sort()
  const files = described(mapping).flatMap(({ kind: each, file }) =>
    names
      .filter((name) => matches(name, file) && (kind === undefined || each === kind))
      .map((name) => ({ kind: each, path: join(path, name), name })),
  )
  if (files.length > 0) return files
  const wanted = described(mapping)
    .map(({ kind: each, file }) => `${file} (${each})`)
    .join(', ')
  throw new ExpectedError('NOT_FOUND', `${path} holds none of the files of the mapping "${mapping.name}": ${wanted}.`)
}

/** CSV files of a directory that the mapping does not describe. */
export async function unreadFiles(path: string, found: readonly FoundFile[]): Promise<string[]> {
  const names = await readdir(path).catch(() => [])
  const read = new Set(found.map(({ name }) => name))
  return names.filter((name) => /\.csv$/i.test(name) && !name.endsWith('.rejects.csv') && !read.has(name)).sort()
}

/** One file may hold accounts and their subscriptions. */
function kindsOf(name: string, mapping: Mapping): CsvKind[] {
  const kinds = described(mapping)
    .filter(({ file }) => matches(name, file))
    .map(({ kind }) => kind)
  if (kinds.length > 0) return kinds
  throw new ExpectedError(
    'INVALID_INPUT',
    `Cannot tell from its name what ${name} holds. Say it with --kind: ${CSV_KINDS.join(', ')}.`,
  )
}

function described(mapping: Mapping): { kind: CsvKind; file: string }[] {
  return CSV_KINDS.flatMap((kind) => {
    const file = mapping[kind]?.file
    return file === undefined ? [] : [{ kind, file }]
  })
}

/** A pattern is a file name in which * stands for anything. */
function matches(name: string, pattern: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`, 's').test(name)
}
