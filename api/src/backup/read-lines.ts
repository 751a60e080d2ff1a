import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { ExpectedError } from '../shared/errors.ts'
import { damaged } from './format.ts'

/** A row holds at most a body of some megabytes; what is longer is no back-up of ours. */
const LONGEST_LINE = 256 * 1024 * 1024
const LINE_FEED = 0x0a

/** A line, its number from 1, and the digest of all bytes before it. */
export type Line = { text: string; line: number; sha256Before: () => string }

/** The lines of a back-up, one in memory at a time. */
export async function* readLines(path: string): AsyncGenerator<Line> {
  const file = createReadStream(path)
  const unzipped = file.pipe(createGunzip())
  file.on('error', (error) => unzipped.destroy(error))
  const hash = createHash('sha256')
  let [line, length]: [number, number] = [0, 0]
  let parts: Buffer[] = []
  try {
    for await (const chunk of unzipped as AsyncIterable<Buffer>) {
      for (let start = 0; start < chunk.length; ) {
        const found = chunk.indexOf(LINE_FEED, start)
        const part = chunk.subarray(start, found < 0 ? chunk.length : found)
        parts.push(part)
        length += part.length
        if (length > LONGEST_LINE) throw damaged(line + 1, 'it is longer than any row')
        if (found < 0) break
        const bytes = Buffer.concat(parts)
        line += 1
        yield { text: bytes.toString(), line, sha256Before: () => hash.copy().digest('hex') }
        hash.update(bytes).update('\n')
        ;[parts, length, start] = [[], 0, found + 1]
      }
    }
    if (length > 0) throw damaged(line + 1, 'it is cut off')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR')
      throw new ExpectedError('INVALID_INPUT', `${path} cannot be read: ${message}`)
    if (code?.startsWith('Z_')) throw damaged(line + 1, `it is cut off, altered or not gzip (${message})`)
    throw error
  } finally {
    file.destroy()
  }
}
