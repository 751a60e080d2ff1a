// Prints each operation as one plain string with its fragments written in place: no GraphQL library at run time, and one
// export per operation, so that a bundler keeps only the operations in use.
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

function documentLine(operation, fragments) {
  const name = operation.name.value
  const type = `${name}${operation.operation === 'mutation' ? 'Mutation' : 'Query'}`
  const text = stripIgnoredCharacters(print(withFragmentsInPlace(operation, fragments)))
  if (text.includes("'") || text.includes('\\')) throw new Error(`${name}: quotes in a document are not supported`)
  return `export const ${name}Document: TypedDocument<${type}, ${type}Variables> =\n  '${text}'`
}

/** `only` or `except` names operations; `types` is where their types are, if not in the same file. */
export const plugin = (_schema, files, { only, except = [], types }) => {
  const definitions = files.flatMap((file) => file.document.definitions)
  const fragments = new Map(
    definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION).map((node) => [node.name.value, node]),
  )
  const lines = definitions
    .filter(
      ({ kind, name }) =>
        kind === Kind.OPERATION_DEFINITION && (only?.includes(name.value) ?? !except.includes(name.value)),
    )
    .map((operation) => documentLine(operation, fragments))
    .sort()
  const names = (only ?? []).flatMap((name) => [`${name}Query`, `${name}QueryVariables`])
  const prepend = ["import type { TypedDocument } from '../document.ts'"]
  if (types) prepend.push(`import type { ${names.join(', ')} } from '${types}'`)
  return { prepend, content: lines.join('\n\n') }
}
