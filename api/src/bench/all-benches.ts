import { fork } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { root } from '../testing/root.ts'
import type { Bench, Measured } from './bench-of.ts'
import { thisMachine } from './machine.ts'
import { type Run, targetsPage } from './targets-page.ts'

const PAGE = 'docs/benchmarks.md'
const ENTRY = fileURLToPath(new URL('./bench.ts', import.meta.url))

/** `pnpm bench`: one bench after the other, each in a process of its own so that none warms or fills another's, then the page. */
export async function runAll(benches: readonly Bench[]): Promise<void> {
  const runs: Run[] = []
  const machine = await thisMachine()
  for (const { command, runs: each } of benches)
    for (const args of each) {
      const words = [command.name(), ...args]
      const text = `pnpm bench ${words.join(' ')}`
      process.stdout.write(`${runs.length === 0 ? '' : '\n'}${text}\n`)
      const began = performance.now()
      const { figures, scale } = await inAProcess(words)
      runs.push({ command: text, seconds: (performance.now() - began) / 1_000, figures, scale })
    }
  const day = new Date().toISOString().slice(0, 10)
  await writeFile(new URL(PAGE, `file://${root}`), targetsPage(runs, machine, day))
  process.stdout.write(`\nWrote ${PAGE}\n`)
}

async function inAProcess(words: readonly string[]): Promise<Measured> {
  let found: Measured | undefined
  const child = fork(ENTRY, words)
  child.on('message', (measured: Measured) => {
    found = measured
  })
  // What was sent has been heard once the channel is closed.
  const [[code]] = await Promise.all([once(child, 'exit'), once(child, 'disconnect')])
  if (found && code === 0) return found
  throw new Error(`pnpm bench ${words.join(' ')} ended with ${code}${found ? '' : ' and told nothing'}.`)
}
