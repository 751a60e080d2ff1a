import { pnpm, run } from './run.mjs'

// `pnpm generate`: the Prisma client, then api/schema.graphql from the code, then the SDK from that schema, then the SDK's
// sandbox from the running API.
const typescript = ['--conditions=source', '--import', 'tsx']

await step('Prisma client', pnpm, ['--filter', '@nobishiro/prisma', 'generate'])
await step('api/schema.graphql', process.execPath, [...typescript, 'api/src/graphql/print-schema.ts'])
await step('sdk/src/generated', pnpm, ['--filter', '@nobishiro/sdk', 'codegen'])
await step('sdk/src/sandbox/generated', process.execPath, [...typescript, 'api/src/testing/record-sandbox.ts'])

/** @param {string} name @param {string | string[]} command @param {string[]} args */
async function step(name, command, args) {
  const { code, output } = await run(command, args)
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'}  ${name}`)
  if (code === 0) return
  console.error(output)
  process.exit(1)
}
