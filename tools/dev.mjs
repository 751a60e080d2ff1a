import { spawn } from 'node:child_process'
import { pnpm, root } from './run.mjs'

// `pnpm dev`: the API restarts, console and gallery of widgets reload, as files change. Ctrl+C ends all three.
const [command = '', ...first] = [pnpm].flat()
const server = ['--watch', '--conditions=source', '--import', 'tsx', 'api/src/cli/nobishiro.ts', 'serve', '--demo']
const processes = [
  spawn(process.execPath, server, { cwd: root, stdio: 'inherit' }),
  spawn(command, [...first, '--filter', '@nobishiro/example-admin-console', 'dev'], { cwd: root, stdio: 'inherit' }),
  spawn(command, [...first, '--filter', '@nobishiro/widgets', 'preview'], { cwd: root, stdio: 'inherit' }),
]
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.on(signal, () => {
    for (const child of processes) child.kill(signal)
  })
}
