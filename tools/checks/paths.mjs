import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, run } from '../run.mjs'

const MACHINE_PATH = /(^|[\s'"`(=:])\/(work|home|Users|private)\/\w|\/tmp\/\w+\/\w/
const UNFINISHED = /\b(TODO|FIXME|HACK)\b/

/**
 * No file names a path of one machine, and none is left unfinished.
 * @returns {Promise<import('./code.mjs').Result>}
 */
export async function checkPaths() {
  const { output } = await run('git', ['ls-files', '-z'])
  const files = output
    .split('\0')
    .filter((name) => /\.(ts|tsx|mjs|json|md|css|html|ya?ml|prisma|sql|graphql)$/.test(name))
  const problems = files
    .filter((name) => !name.endsWith('pnpm-lock.yaml') && name !== 'tools/checks/paths.mjs')
    .flatMap((name) =>
      readFileSync(join(root, name), 'utf8')
        .split('\n')
        .flatMap((line, index) =>
          MACHINE_PATH.test(line) || UNFINISHED.test(line)
            ? [`${name}:${index + 1}: ${line.trim().slice(0, 160)}`]
            : [],
        ),
    )
  return { problems, note: `${files.length} files` }
}
