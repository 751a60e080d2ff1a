import { damaged, type End, isRows, type Manifest, readHeading, refused } from './format.ts'
import { readLines } from './read-lines.ts'

/** Reads a back-up to its end without restoring anything: whole, unaltered, and of a version that is known. */
export async function checkBackup(path: string): Promise<{ manifest: Manifest; end: End }> {
  let manifest: Manifest | undefined
  let end: End | undefined
  for await (const { text, line, sha256Before } of readLines(path)) {
    if (end) throw damaged(line, 'nothing belongs after the end')
    if (isRows(text)) {
      if (!manifest) throw damaged(line, 'expected the manifest')
      continue
    }
    const said = readHeading(text, line)
    if ((said.type === 'manifest') !== (line === 1))
      throw damaged(line, 'the manifest is the first line, and only that')
    if (said.type === 'manifest') manifest = said
    if (said.type !== 'end') continue
    if (said.sha256 !== sha256Before()) throw refused('was altered: its content does not fit its SHA-256')
    end = said
  }
  if (!manifest) throw damaged(1, 'expected the manifest')
  if (!end) throw refused('is cut off: the last line is missing')
  return { manifest, end }
}
