import { OperationTypeNode, parse } from 'graphql'
import { operationOf } from './limits.ts'
import { MAX_TOKENS } from './shape.ts'
import type { DocumentParams } from './trusted-documents.ts'

/** Whether what is asked changes something. What is no operation at all does not; documents that are known by their hash only read. */
export function isMutation({ query, operationName }: DocumentParams): boolean {
  if (typeof query !== 'string') return false
  try {
    return operationOf(parse(query, { maxTokens: MAX_TOKENS }), operationName).operation === OperationTypeNode.MUTATION
  } catch {
    return false
  }
}
