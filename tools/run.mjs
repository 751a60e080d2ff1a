import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../', import.meta.url))

const runner = process.env['npm_execpath'] ?? ''

/** Command that starts pnpm: the one that runs us, or version 12 through npx. */
export const pnpm = !runner.includes('pnpm')
  ? ['npx', '-y', 'pnpm@12']
  : /\.[cm]?js$/.test(runner)
    ? [process.execPath, runner]
    : [runner]

/**
 * Runs a command at the root of the repository; resolves with its exit code and what it printed.
 * @param {string | string[]} command
 * @param {string[]} args
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(command, args) {
  const [file = '', ...first] = [command].flat()
  const child = spawn(file, [...first, ...args], {
    cwd: root,
    env: { ...process.env, FORCE_COLOR: '0', NO_COLOR: '1' },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text
    })
  }
  return new Promise((done) => {
    child.on('error', (error) => done({ code: 1, output: error.message }))
    child.on('close', (code) => done({ code: code ?? 1, output }))
  })
}
