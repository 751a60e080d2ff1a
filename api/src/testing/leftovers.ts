import { onServerAt } from './prepared.ts'

const PATTERN = /^nobishiro_test_(\d+)_[0-9a-f]+$/

/** Names of the test databases on the server. */
export function testDatabases(url: string): Promise<string[]> {
  return onServerAt(url, async (client) => {
    const { rows } = await client.query<{ datname: string }>('SELECT datname FROM pg_database')
    return rows.map((row) => row.datname).filter((name) => PATTERN.test(name))
  })
}

/** Drops the test databases that came up since `before` and whose process has ended: a killed test cannot drop its own. */
export async function dropLeftovers(url: string, before: string[]): Promise<string[]> {
  const known = new Set(before)
  const left = (await testDatabases(url)).filter(
    (name) => !known.has(name) && hasEnded(Number(PATTERN.exec(name)?.[1])),
  )
  await onServerAt(url, async (client) => {
    for (const name of left) await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
  })
  return left
}

function hasEnded(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}
