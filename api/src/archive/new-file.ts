import { createWriteStream, type WriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { ExpectedError } from '../shared/errors.ts'

/** Writes a file for its owner alone: never over another one, and when `write` throws, nothing of it stays. */
export async function newFile<T>(path: string, write: (file: WriteStream) => Promise<T>): Promise<T> {
  const file = createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true })
  await opened(file, path)
  try {
    return await write(file)
  } catch (error) {
    file.destroy()
    await rm(path, { force: true })
    throw error
  }
}

function opened(file: WriteStream, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    file.once('open', () => resolve())
    file.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        new ExpectedError(
          'INVALID_INPUT',
          error.code === 'EEXIST' ? `${path} exists already.` : `${path} cannot be written: ${error.message}`,
        ),
      ),
    )
  })
}
