import { once } from 'node:events'
import { createWriteStream, type WriteStream } from 'node:fs'
import { type CellProblem, describeProblem } from '../sources/csv/problem.ts'
import type { CsvRecord } from './split-fields.ts'

/** Writes refused rows as they were, each behind what is wrong with it. The file can be mended and imported. */
export type Rejects = {
  add(record: CsvRecord, problems: readonly CellProblem[]): Promise<void>
  /** Path of the file; null when nothing was refused. */
  close(): Promise<string | null>
}

export function openRejects(path: string, source: { file: string; headerBytes: Buffer; delimiter: string }): Rejects {
  const { file, headerBytes, delimiter } = source
  let stream: WriteStream | null = null
  const write = async (target: WriteStream, first: string, bytes: Buffer) => {
    if (!target.write(Buffer.concat([Buffer.from(`${first}${delimiter}`), bytes, Buffer.from('\n')])))
      await once(target, 'drain')
  }
  return {
    add: async (record, problems) => {
      if (stream === null) {
        stream = createWriteStream(path)
        await write(stream, 'nobishiro_problem', headerBytes)
      }
      const text = problems.map((problem) => describeProblem({ ...problem, file, line: record.line })).join('; ')
      await write(stream, `"${text.replaceAll('"', '""')}"`, record.bytes)
    },
    close: async () => {
      if (stream === null) return null
      stream.end()
      await once(stream, 'finish')
      return path
    },
  }
}
