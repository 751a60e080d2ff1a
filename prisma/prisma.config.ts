import { fileURLToPath } from 'node:url'
import { defineConfig } from 'prisma/config'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

// Prisma's CLI would download a native schema engine; ours answers from the WebAssembly build in the lockfile.
process.env['PRISMA_SCHEMA_ENGINE_BINARY'] ??= here('./tools/schema-engine.mjs')

export default defineConfig({
  schema: here('./schema'),
  migrations: { path: here('./migrations') },
  datasource: { url: process.env['DATABASE_URL'] ?? 'postgresql://127.0.0.1:5432/postgres' },
})
