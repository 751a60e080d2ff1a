import type { CommandDependencies } from './command.ts'

/** One line that says how far an import is, on a terminal only. */
export function showProgress(output: CommandDependencies['err'], clock: () => Date) {
  const started = clock().getTime()
  let [done, current, last]: [number, string, number] = [0, '', 0]
  return {
    show: ({ file, rows }: { file: string; rows: number }) => {
      if (!output.isTTY) return
      if (file !== current) [done, current, last] = [done + last, file, 0]
      last = rows
      const seconds = Math.max(0.001, (clock().getTime() - started) / 1000)
      const rate = Math.round((done + last) / seconds)
      output.write(`\r\u001b[2K${file}  ${rows.toLocaleString('en')} rows  ${rate.toLocaleString('en')} rows/s`)
    },
    clear: () => {
      if (output.isTTY && current !== '') output.write('\r\u001b[2K')
      current = ''
    },
  }
}
