import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { ExpectedError } from '../../shared/errors.ts'
import { CSV_KINDS, type CsvKind } from '../sources/csv/fields.ts'
import type { Mapping } from '../sources/csv/mapping.ts'

export type FoundFile = { kind: CsvKind; path: string; name: string }

/** The files at a path that a mapping describes, in the order in which they are to be read. */
export async function findFiles(path: string, mapping: Mapping, kind?: CsvKind): Promise<FoundFile[]> {
  if (kind !== undefined && !mapping[kind]) {
    throw new ExpectedError('INVALID_INPUT', `The mapping "${mapping.name}" does not describe ${kind}.`, 'kind')
  }
  const found = await stat(path).catch(() => null)
  if (!found) throw new ExpectedError('NOT_FOUND', `There is no file or directory at ${path}.`)
  if (!found.isDirectory()) return [{ kind: kind ?? kindOf(basename(path), mapping), path, name: basename(path) }]
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

function kindOf(name: string, mapping: Mapping): CsvKind {
  const kinds = described(mapping).filter(({ file }) => matches(name, file))
  const [only, ...more] = kinds
  if (only && more.length === 0) return only.kind
  throw new ExpectedError(
    'INVALID_INPUT',
    `Cannot tell from its name what ${name} holds. Say --kind ${CSV_KINDS.join(', --kind ')}.`,
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
