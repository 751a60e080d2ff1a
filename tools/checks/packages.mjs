import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { pnpm, root, run } from '../run.mjs'

const WIDGETS = join(root, 'widgets/dist/index.js')

/** What a host pays for an import, minified and gzipped, in kB; react and react-dom are the host's own. */
const LIMITS = [
  { name: 'SDK client', kB: 4.2, code: `export { createClient } from '${join(root, 'sdk/dist/index.js')}'` },
  { name: 'all widgets', kB: 75, code: `export * from '${WIDGETS}'` },
]

/** A widget with its run time, in kB; the check names the heaviest. */
const ONE_WIDGET_KB = 30

/** The file of the script tag, with React and all widgets in it. */
const TAG_KB = 130

/**
 * Builds what is published, lets publint judge it and weighs it.
 * @returns {Promise<import('./code.mjs').Result>}
 */
export async function checkPackages() {
  /** @type {string[]} */
  const problems = []
  for (const name of ['sdk', 'widgets']) {
    const built = await run(pnpm, ['--filter', `@nobishiro/${name}`, 'build'])
    const judged = await run(join(root, 'node_modules/.bin/publint'), [name, '--strict', '--pack', 'false'])
    problems.push(...[built, judged].filter(({ code }) => code !== 0).map(({ output }) => output))
  }
  if (problems.length > 0) return { problems }
  const notes = []
  for (const { name, kB, code } of LIMITS) {
    const size = (await weigh(code)) / 1000
    if (size > kB) problems.push(`${name} weighs ${size.toFixed(1)} kB compressed, more than ${kB}.`)
    notes.push(`${name} ${size.toFixed(1)} kB`)
  }
  const widgets = []
  for (const name of componentsOf(WIDGETS)) {
    const code = `export { NobishiroProvider, ${name} } from '${WIDGETS}'`
    widgets.push({ name, kB: (await weigh(code)) / 1000 })
  }
  widgets.sort((a, b) => b.kB - a.kB)
  for (const { name, kB } of widgets.filter(({ kB }) => kB > ONE_WIDGET_KB))
    problems.push(`${name} weighs ${kB.toFixed(1)} kB compressed, more than ${ONE_WIDGET_KB}.`)
  const [heaviest] = widgets
  if (heaviest) notes.push(`one widget at most ${heaviest.kB.toFixed(1)} kB (${heaviest.name})`)
  const tag = gzipSync(readFileSync(join(root, 'widgets/dist/elements/widgets.js'))).length / 1000
  if (tag > TAG_KB) problems.push(`widgets.js weighs ${tag.toFixed(1)} kB compressed, more than ${TAG_KB}.`)
  return { problems, note: [...notes, `script tag ${tag.toFixed(1)} kB`].join(', ') }
}

/**
 * Names of the widgets that a built package exports.
 * @param {string} path
 */
function componentsOf(path) {
  const exported = [...readFileSync(path, 'utf8').matchAll(/\b[A-Z]\w+\b/g)].map(([name]) => name)
  return [...new Set(exported)].filter((name) => name !== 'NobishiroProvider').sort()
}

/**
 * Bytes of the module and of all that it loads at once.
 * @param {string} code
 */
async function weigh(code) {
  const id = '\0weighed.js'
  const conditions = ['module', 'browser', 'import', 'default']
  const result = await build({
    root: join(root, 'widgets'),
    configFile: false,
    logLevel: 'error',
    plugins: [
      {
        name: 'weighed',
        resolveId: (source) => (source.endsWith('/weighed') ? id : null),
        load: (asked) => (asked === id ? code : null),
      },
    ],
    ssr: { noExternal: true, external: ['react', 'react-dom'], resolve: { conditions } },
    // The server build leaves out Vite's own preload helper, which is the host's and not ours.
    build: { write: false, minify: true, target: 'es2022', ssr: './weighed' },
  })
  const output = [result].flat().flatMap((built) => ('output' in built ? built.output : []))
  const chunks = output.filter((file) => file.type === 'chunk')
  const entry = chunks.find((chunk) => chunk.isEntry)
  const atOnce = chunks.filter((chunk) => chunk === entry || entry?.imports.includes(chunk.fileName))
  return gzipSync(atOnce.map((chunk) => chunk.code).join('\n')).length
}
