// Prints each operation as one string with the fragments it uses: no GraphQL library at run time, and one export per
// operation, so that a bundler keeps only the operations in use.
import { Kind, print, stripIgnoredCharacters, visit } from 'graphql'

function fragmentsUsedBy(definition, fragments, seen = new Set()) {
  visit(definition, {
    FragmentSpread: ({ name }) => {
      if (seen.has(name.value)) return
      seen.add(name.value)
      fragmentsUsedBy(fragments.get(name.value), fragments, seen)
    },
  })
  return seen
}

function documentOf(operation, fragments) {
  const names = [...fragmentsUsedBy(operation, fragments)].sort()
  return stripIgnoredCharacters([operation, ...names.map((name) => fragments.get(name))].map(print).join('\n'))
}

export const plugin = (_schema, files) => {
  const definitions = files.flatMap((file) => file.document.definitions)
  const fragments = new Map(
    definitions.filter((d) => d.kind === Kind.FRAGMENT_DEFINITION).map((d) => [d.name.value, d]),
  )
  const operations = definitions
    .filter((d) => d.kind === Kind.OPERATION_DEFINITION)
    .sort((a, b) => (a.name.value < b.name.value ? -1 : 1))
  const lines = operations.map((operation) => {
    const name = operation.name.value
    const type = `${name}${operation.operation === 'mutation' ? 'Mutation' : 'Query'}`
    const text = JSON.stringify(documentOf(operation, fragments)).replaceAll("'", "\\'")
    return `export const ${name}Document: TypedDocument<${type}, ${type}Variables> = '${text.slice(1, -1).replaceAll('\\"', '"')}'`
  })
  return { prepend: ["import type { TypedDocument } from '../document.ts'"], content: lines.join('\n\n') }
}
