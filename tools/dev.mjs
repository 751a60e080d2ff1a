import { spawn } from 'node:child_process'
import { pnpm, root } from './run.mjs'

// `pnpm dev`: the API restarts, console and gallery of widgets reload, as files change. Ctrl+C ends all three.
const [command = '', ...first] = [pnpm].flat()
const server = ['--watch', '--conditions=source', '--import', 'tsx', 'api/src/cli/nobishiro.ts', 'serve', '--demo']
// The console's own server is another origin: its sessions are minted for it too.
const origins = [process.env['NOBISHIRO_ORIGINS'], 'http://localhost:5173'].filter(Boolean).join(',')
const processes = [
  spawn(process.execPath, server, { cwd: root, stdio: 'inherit', env: { ...process.env, NOBISHIRO_ORIGINS: origins } }),
  spawn(command, [...first, '--filter', '@nobishiro/example-admin-console', 'dev'], { cwd: root, stdio: 'inherit' }),
  spawn(command, [...first, '--filter', '@nobishiro/widgets', 'preview'], { cwd: root, stdio: 'inherit' }),
]
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.on(signal, () => {
    for (const child of processes) child.kill(signal)
  })
}
