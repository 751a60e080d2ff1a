import type { Command } from 'commander'
import type { Figure } from './figure.ts'

/** What a bench found: its own tables for people, its values for programs, and its rows of the table of targets. */
export type Measured = { text: string; value: object; figures: Figure[]; scale: string }

export type Bench = {
  command: Command
  /** Arguments of its runs when every bench runs. */
  runs: readonly (readonly string[])[]
}

/** A command that measures and prints; `report` hears what was found. */
export function benchOf<Options>(
  command: Command,
  measure: (options: Options) => Promise<Measured>,
  { runs = [[]] }: { runs?: Bench['runs'] } = {},
): Bench {
  return {
    runs,
    command: command
      .option('--json', 'print the result as JSON')
      .action(async ({ json, ...options }: Options & { json?: boolean }) => {
        const measured = await measure(options as Options) // without what is not its own
        process.stdout.write(`${json ? JSON.stringify(measured.value, null, 2) : measured.text}\n`)
        // To the process that runs every bench.
        process.send?.(measured)
      }),
  }
}
