import { type DocumentNode, GraphQLError, type OperationDefinitionNode } from 'graphql'
import type { Principal } from '../access/principal.ts'
import { measure } from './measure.ts'

export const MAX_TOKENS = 1_000
const MAX = { depth: 12, aliases: 30, directives: 10 } as const

/** Refuses an operation that is too deep or wide, or that a session must not run. */
export function checkShape(document: DocumentNode, operation: OperationDefinitionNode, kind: Principal['kind']): void {
  const { introspects, ...found } = measure(document, operation)
  for (const [name, max] of Object.entries(MAX)) {
    const value = found[name as keyof typeof MAX]
    if (value > max) throw refusal('COST_EXCEEDED', `The operation has ${name} ${value}; the limit is ${max}.`)
  }
  if (introspects && kind === 'SESSION') {
    throw refusal('FORBIDDEN', 'Introspection is for API keys only. The schema is published as schema.graphql.')
  }
}

export function refusal(code: string, message: string, more: Record<string, unknown> = {}): GraphQLError {
  return new GraphQLError(message, {
    extensions: { code, ...more, http: { status: code === 'FORBIDDEN' ? 403 : 400 } },
  })
}
