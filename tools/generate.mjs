import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pnpm, root, run } from './run.mjs'

// `pnpm generate`: the Prisma client, then api/schema.graphql from the code, then the SDK from that schema.
const typescript = ['--conditions=source', '--import', 'tsx']

await step('Prisma client', () => run(pnpm, ['--filter', '@nobishiro/prisma', 'generate']))
await step('api/schema.graphql', printSchema)
await step('sdk/src/generated', () => run(pnpm, ['--filter', '@nobishiro/sdk', 'codegen']))
if (existsSync(join(root, 'sdk/tools/record-sandbox.ts'))) {
  await step('sandbox recording', () => run(process.execPath, [...typescript, 'sdk/tools/record-sandbox.ts']))
}

/** @param {string} name @param {() => Promise<{ code: number, output: string }>} work */
async function step(name, work) {
  const { code, output } = await work()
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'}  ${name}`)
  if (code !== 0) {
    console.error(output)
    process.exit(1)
  }
}

async function printSchema() {
  const printed = await run(process.execPath, [...typescript, 'api/src/graphql/print-schema.ts'], { stdoutOnly: true })
  if (printed.code === 0 && printed.output.trim()) writeFileSync(join(root, 'api/schema.graphql'), printed.output)
  return printed
}
