// Operations with their fragments written in place. The client sends each by its name and SHA-256 alone, and a server knows the texts by a
// manifest: no GraphQL library at run time, little to load, and one export per operation, so that a bundler keeps only those in use.
import { createHash } from 'node:crypto'
import { Kind, print, stripIgnoredCharacters, visit } from 'graphql'

function withFragmentsInPlace(node, fragments) {
  const selectionsOf = (selection) =>
    selection.kind === Kind.FRAGMENT_SPREAD
      ? withFragmentsInPlace(fragments.get(selection.name.value), fragments).selectionSet.selections
      : [selection]
  return visit(node, {
    SelectionSet: { leave: (set) => ({ ...set, selections: set.selections.flatMap(selectionsOf) }) },
  })
}

/** Every operation, by name: its kind as types spell it, its text, and the hash of that. */
function operationsIn(files) {
  const definitions = files.flatMap((file) => file.document.definitions)
  const fragments = new Map(
    definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION).map((node) => [node.name.value, node]),
  )
  return definitions
    .filter(({ kind }) => kind === Kind.OPERATION_DEFINITION)
    .map((node) => {
      const text = stripIgnoredCharacters(print(withFragmentsInPlace(node, fragments)))
      if (/['\\]/.test(text)) throw new Error(`${node.name.value}: quotes in a document are not supported`)
      const kind = node.operation.charAt(0).toUpperCase() + node.operation.slice(1)
      return { name: node.name.value, kind, text, hash: createHash('sha256').update(text).digest('hex') }
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** `as: 'exports'` writes what the client imports, `as: 'manifest'` the texts by hash for a server; `version` is that of the package. */
export const plugin = (_schema, files, { as, version }) => {
  const operations = operationsIn(files)
  if (as === 'manifest') {
    const lines = operations.map(({ hash, text }) => `  '${hash}':\n    '${text}',`)
    return [
      `/** What version ${version} of the SDK asks, by SHA-256. Written by \`pnpm generate\` while it is the version, kept as it is afterwards. */`,
      'export const documents: Readonly<Record<string, string>> = {',
      ...lines,
      '}',
    ].join('\n')
  }
  const lines = operations.map(({ name, kind, hash }) => {
    const type = `${name}${kind}`
    return `export const ${name}Document: TypedDocument<${type}, ${type}Variables> = '${name}@${hash}'`
  })
  return {
    prepend: ["import type { TypedDocument } from '../document.ts'"],
    content: [`export const version = '${version}'`, ...lines].join('\n\n'),
  }
}
