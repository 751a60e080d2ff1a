import { serverBundle } from './server-bundle.mjs'

// `pnpm nobishiro`, `pnpm start`: every command of the server.
await import(await serverBundle())
