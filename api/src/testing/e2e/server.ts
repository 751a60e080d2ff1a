import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../root.ts'

/** A server process as `pnpm start` makes one. */
export type Server = {
  url: string
  pid: number
  /** Milliseconds from the start of the process until it answered that it lives. */
  livesAfter: number
  /** The same until it was ready. */
  readyAfter: number
  /** What it printed so far. */
  output: () => string
  /** Asks it to stop; resolves with its exit code. */
  stop: () => Promise<number | null>
  /** Kills it without warning. */
  kill: () => Promise<void>
}

export const newFolder = () => mkdtempSync(join(tmpdir(), 'nobishiro-e2e-'))

const NODE = ['tools/nobishiro.mjs']

export type StartOptions = { timeoutMs?: number; env?: Record<string, string>; args?: string[] }

/** Starts `nobishiro serve --demo` on a folder and a free port, and waits until it is ready. */
export async function startServer(
  dataDir: string,
  { timeoutMs = 120_000, env = {}, args = ['--demo'] }: StartOptions = {},
): Promise<Server> {
  const port = await freePort()
  const started = Date.now()
  const process = nobishiro(['serve', ...args], { NOBISHIRO_DATA_DIR: dataDir, PORT: String(port), ...env })
  const url = `http://127.0.0.1:${port}`
  let livesAfter: number | undefined
  while (!(await answers(`${url}/health/ready`))) {
    if (livesAfter === undefined && (await answers(`${url}/health/live`))) livesAfter = Date.now() - started
    const ended = process.child.exitCode !== null
    if (ended || Date.now() - started > timeoutMs) {
      process.child.kill('SIGKILL')
      throw new Error(`The server ${ended ? 'ended' : 'was not ready in time'}:\n${process.output()}`)
    }
    await new Promise((done) => setTimeout(done, 50))
  }
  const stop = () => {
    process.child.kill('SIGTERM')
    return process.ended
  }
  const kill = async () => {
    process.child.kill('SIGKILL')
    await process.ended
  }
  const readyAfter = Date.now() - started
  const { pid = 0 } = process.child // it answered, so it has one
  return { url, pid, livesAfter: livesAfter ?? readyAfter, readyAfter, output: process.output, stop, kill }
}

/** Runs one command to its end. */
export async function runCommand(
  args: string[],
  env: Record<string, string>,
): Promise<{ code: number | null; output: string; stdout: string }> {
  const process = nobishiro(args, env)
  const code = await process.ended
  return { code, output: process.output(), stdout: process.stdout() }
}

function nobishiro(args: string[], variables: Record<string, string>) {
  // As a person's shell has it: no NODE_ENV of the test runner.
  const { DATABASE_URL: _url, NODE_ENV: _mode, ...inherited } = process.env
  const child: ChildProcess = spawn(process.execPath, [...NODE, ...args], {
    cwd: root,
    env: { ...inherited, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let all = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
    all += text
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    all += text
  })
  const ended = new Promise<number | null>((done) => child.on('close', (code) => done(code)))
  return { child, ended, output: () => all, stdout: () => stdout }
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    (response) => response.ok,
    () => false,
  )
}

export function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer()
    probe.on('error', fail)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (address && typeof address === 'object' ? done(address.port) : fail(new Error('no port'))))
    })
  })
}
