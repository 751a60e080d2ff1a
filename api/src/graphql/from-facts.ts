import { type DocumentNode, Kind, OperationTypeNode, type SelectionSetNode } from 'graphql'
import { operationOf } from './limits.ts'
import { schema } from './schema.ts'

/** Whether an operation asks only fields of the query that are marked so in the builder (`FROM_FACTS`). */
export function isFromFacts(document: DocumentNode, operationName: string | null | undefined): boolean {
  const operation = operationOf(document, operationName)
  if (operation.operation !== OperationTypeNode.QUERY) return false
  const fields = schema.getQueryType()?.getFields() ?? {}
  const isMarked = (name: string) => name === '__typename' || fields[name]?.extensions['fromFacts'] === true
  const areMarked = ({ selections }: SelectionSetNode): boolean =>
    selections.every((selection) => {
      if (selection.kind === Kind.FIELD) return isMarked(selection.name.value)
      if (selection.kind === Kind.INLINE_FRAGMENT) return areMarked(selection.selectionSet)
      const fragment = document.definitions.find(
        (one) => one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === selection.name.value,
      )
      return fragment?.kind === Kind.FRAGMENT_DEFINITION && areMarked(fragment.selectionSet)
    })
  return areMarked(operation.selectionSet)
}
