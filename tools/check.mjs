import { checkFormatAndLint, checkTypes, checkUnused } from './checks/code.mjs'
import { checkGenerated } from './checks/generated.mjs'
import { checkPackages } from './checks/packages.mjs'
import { checkPaths } from './checks/paths.mjs'
import { checkSupplyChain } from './checks/supply-chain.mjs'

// `pnpm check`: every static check, a table, and for each failure what to do. A name as argument runs that check alone.
const checks = [
  { name: 'format and lint', run: checkFormatAndLint, fix: 'npx biome check --write .' },
  { name: 'types', run: checkTypes, fix: 'see the messages above' },
  { name: 'dead code', run: checkUnused, fix: 'delete what is unused, or import it' },
  { name: 'generated files', run: checkGenerated, fix: 'pnpm generate, then commit the result' },
  { name: 'packages', run: checkPackages, fix: 'see the messages above' },
  { name: 'paths', run: checkPaths, fix: 'name files relative to the repository' },
  { name: 'supply chain', run: checkSupplyChain, fix: 'see the messages above' },
]

const only = process.argv[2]
const rows = []
for (const check of checks.filter(({ name }) => !only || name === only)) {
  const started = Date.now()
  const { problems, note } = await check.run()
  for (const problem of problems) console.log(`\n${problem.trimEnd()}`)
  rows.push({ ...check, ok: problems.length === 0, note, seconds: (Date.now() - started) / 1000 })
}

console.log()
for (const { name, ok, seconds, note, fix } of rows) {
  const state = ok ? 'ok    ' : 'FAILED'
  console.log(
    `${state}  ${name.padEnd(16)} ${seconds.toFixed(1).padStart(6)} s  ${ok ? (note ?? '') : `→ ${fix}`}`.trimEnd(),
  )
}
process.exit(rows.every(({ ok }) => ok) ? 0 : 1)
