import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The secret that seals others: given by the environment, or made once and kept in the data folder for the owner alone. */
export async function readSecret({
  secret,
  dataDir,
}: {
  secret: string | undefined
  dataDir: string
}): Promise<string> {
  return secret ?? keepFile(dataDir, 'secret', () => randomBytes(32).toString('hex'))
}

/** A file of the data folder that only its owner can read, made when it is missing. */
export async function keepFile(dataDir: string, name: string, make: () => string | Promise<string>): Promise<string> {
  await mkdir(dataDir, { recursive: true })
  const path = join(dataDir, name)
  const kept = await readKept(path)
  if (kept !== undefined) return kept
  await writeFile(path, `${await make()}\n`, { mode: 0o600, flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  return (await readKept(path)) as string // it was just written, by us or by another process
}

async function readKept(path: string): Promise<string | undefined> {
  const text = await readFile(path, 'utf8').catch(() => '')
  return text.trim() || undefined
}

export function forgetFile(dataDir: string, name: string): Promise<void> {
  return rm(join(dataDir, name), { force: true })
}
