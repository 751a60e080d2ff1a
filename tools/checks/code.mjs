import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root, run } from '../run.mjs'

/** @typedef {{ problems: string[], note?: string }} Result */

/** @returns {Promise<Result>} */
export async function checkFormatAndLint() {
  const { code, output } = await run(tool('biome'), ['ci', '--colors=off', '--max-diagnostics=40', '.'])
  return { problems: code === 0 ? [] : [output] }
}

/** @returns {Promise<Result>} */
export async function checkTypes() {
  const examples = readdirSync(join(root, 'examples')).map((name) => `examples/${name}`)
  const waiting = ['.', 'prisma', 'api', 'sdk', 'widgets', ...examples].filter((folder) =>
    existsSync(join(root, folder, 'tsconfig.json')),
  )
  const count = waiting.length
  /** @type {string[]} */
  const problems = []
  const worker = async () => {
    for (let folder = waiting.shift(); folder; folder = waiting.shift()) {
      const { code, output } = await run(tool('tsc'), ['-p', join(folder, 'tsconfig.json')])
      if (code !== 0) problems.push(output)
    }
  }
  await Promise.all([worker(), worker()])
  return { problems, note: `${count} projects` }
}

/** @returns {Promise<Result>} */
export async function checkUnused() {
  const { code, output } = await run(tool('knip'), ['--no-progress'])
  return { problems: code === 0 ? [] : [output] }
}

/** @param {string} name */
function tool(name) {
  return join(root, 'node_modules/.bin', name)
}
