import { readFileSync } from 'node:fs'

/** The batch of the README, as it stands there. */
export const sample = (): string => {
  const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8')
  return /```ndjson\n(.*?)```/s.exec(readme)?.[1] ?? ''
}
