import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'

export type Measure = { depth: number; aliases: number; directives: number; introspects: boolean }

/** How deep and wide one operation is, fragments included each time they are spread. Validation has ruled out cycles. */
export function measure(document: DocumentNode, operation: OperationDefinitionNode): Measure {
  const fragments = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  )
  return measureSet(operation.selectionSet, { fragments, known: new Map() })
}

type Fragments = { fragments: ReadonlyMap<string, FragmentDefinitionNode>; known: Map<string, Measure> }

const NOTHING: Measure = { depth: 0, aliases: 0, directives: 0, introspects: false }

function measureSet(set: SelectionSetNode, context: Fragments): Measure {
  return set.selections.reduce((sum, selection) => {
    const inner = measureSelection(selection, context)
    return {
      depth: Math.max(sum.depth, inner.depth),
      aliases: sum.aliases + inner.aliases,
      directives: sum.directives + inner.directives + (selection.directives?.length ?? 0),
      introspects: sum.introspects || inner.introspects,
    }
  }, NOTHING)
}

function measureSelection(selection: SelectionSetNode['selections'][number], context: Fragments): Measure {
  if (selection.kind === Kind.FRAGMENT_SPREAD) return measureFragment(selection.name.value, context)
  if (selection.kind === Kind.INLINE_FRAGMENT) return measureSet(selection.selectionSet, context)
  const inner = selection.selectionSet ? measureSet(selection.selectionSet, context) : NOTHING
  const name = selection.name.value
  // The depth of introspection is the schema's, not the caller's.
  if (name === '__schema' || name === '__type') return { ...inner, depth: 1, introspects: true }
  return { ...inner, depth: inner.depth + 1, aliases: inner.aliases + (selection.alias ? 1 : 0) }
}

function measureFragment(name: string, context: Fragments): Measure {
  const known = context.known.get(name)
  if (known) return known
  const fragment = context.fragments.get(name)
  const measured = fragment ? measureSet(fragment.selectionSet, context) : NOTHING
  context.known.set(name, measured)
  return measured
}
