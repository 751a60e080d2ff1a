import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pnpm, root, run } from '../run.mjs'

/** What may be shipped without asking anybody. */
const LICENCES = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT and ISC',
  'MIT OR Apache-2.0',
  'Unlicense',
])
/** Looked at one by one: comes with the command line of Prisma, unchanged, and no code of ours is built with it. */
const ALLOWED = new Map([['elkjs', 'EPL-2.0']])

/** Credentials by their shape. Scanners that know more of them ask for a later Node than we do. */
const SECRETS = [
  ['a private key', /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/],
  ['an API key or session of ours', /\bnb[ks]_[0-9a-z-]{2,39}\.[0-9A-Za-z]{12}_[0-9A-Za-z]{43}_[0-9a-z]{1,7}\b/],
  ['a live key of Stripe', /\b[rs]k_live_[0-9A-Za-z]{16,}/],
  ['an access key of AWS', /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/],
  ['a token of GitHub', /\bgh[opsu]_[0-9A-Za-z]{36,}\b|\bgithub_pat_[0-9A-Za-z_]{60,}/],
  ['a token of npm', /\bnpm_[0-9A-Za-z]{36}\b|_authToken\s*=\s*[^$\s]/],
  ['a token of Slack', /\bxox[abeoprs]-[0-9A-Za-z-]{10,}/],
  ['a token of Google', /\bAIza[0-9A-Za-z_-]{35}\b/],
]

/**
 * What is installed is what was locked, runs nothing while it is installed, and may be used; and nothing secret is checked in.
 * @returns {Promise<import('./code.mjs').Result>}
 */
export async function checkSupplyChain() {
  const files = (await run('git', ['ls-files', '-z'])).output.split('\0').filter(Boolean)
  const { problems, shipped } = await licences()
  return {
    problems: [...lockfile(), ...scripts(), ...problems, ...files.flatMap(secretsIn)],
    note: `${shipped} shipped packages, ${files.length} files`,
  }
}

function lockfile() {
  return readFileSync(join(root, 'pnpm-lock.yaml'), 'utf8')
    .split('\n')
    .flatMap((line, index) =>
      /^\s+resolution:/.test(line) && !/\{integrity: sha512-[0-9A-Za-z+/]+=*\}/.test(line)
        ? [`pnpm-lock.yaml:${index + 1}: is not a package of the registry, locked by its SHA-512: ${line.trim()}`]
        : [],
    )
}

function scripts() {
  const [, allowed = ''] =
    /^allowBuilds:\n((?: {2}.*\n)*)/m.exec(readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8')) ?? []
  return allowed
    .split('\n')
    .flatMap((line) =>
      /: *true/.test(line) ? [`pnpm-workspace.yaml: may run scripts while it is installed: ${line.trim()}`] : [],
    )
}

async function licences() {
  const { code, output } = await run(pnpm, ['--recursive', 'licenses', 'list', '--json', '--prod'])
  if (code !== 0) return { problems: [`pnpm licenses list: ${output.trim()}`], shipped: 0 }
  /** @type {[string, { name: string }[]][]} */
  const listed = Object.entries(JSON.parse(output.slice(output.indexOf('{'))))
  const problems = listed.flatMap(([licence, packages]) =>
    LICENCES.has(licence)
      ? []
      : packages.flatMap(({ name }) =>
          ALLOWED.get(name) === licence ? [] : [`${name} has the licence ${licence}: see whether we may ship it`],
        ),
  )
  return { problems, shipped: listed.reduce((sum, [, packages]) => sum + packages.length, 0) }
}

/** @param {string} name */
function secretsIn(name) {
  if (/\.(png|woff2?|ico|gz)$/.test(name)) return []
  return readFileSync(join(root, name), 'utf8')
    .split('\n')
    .flatMap((line, index) => {
      const found = SECRETS.find(([, shape]) => /** @type {RegExp} */ (shape).test(line))
      return found ? [`${name}:${index + 1}: looks like ${found[0]}`] : []
    })
}
