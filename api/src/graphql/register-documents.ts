import type { Database } from '@nobishiro/prisma'
import { type DocumentNode, GraphQLError, type GraphQLSchema, Kind, OperationTypeNode, parse, validate } from 'graphql'
import type { Change } from '../access/audit.ts'
import { keepDocuments, type TrustedDocument } from '../access/documents/registered.ts'
import { ExpectedError } from '../shared/errors.ts'
import { checkShape, MAX_TOKENS } from './shape.ts'

const MOST = 100
const MOST_CHARACTERS = 16 * 1024

/** Lets a tenant's sessions run these documents: all of them, or with the first that is not fit none. */
export function registerDocuments(
  db: Database,
  change: Change,
  texts: readonly string[],
  schema: GraphQLSchema,
): Promise<TrustedDocument[]> {
  if (texts.length === 0 || texts.length > MOST)
    throw new ExpectedError('INVALID_INPUT', `Register between 1 and ${MOST} documents at once.`, 'documents')
  const documents = texts.map((text, index) => ({ name: nameOf(text, schema, `documents.${index}`), text }))
  return keepDocuments(db, change, documents)
}

/** The name of the document's operation; refuses what a session could not or must not run. */
function nameOf(text: string, schema: GraphQLSchema, field: string): string {
  const refuse = (why: string) => new ExpectedError('INVALID_INPUT', `${field}: ${why}`, field)
  if (text.length > MOST_CHARACTERS)
    throw refuse(`has ${text.length} characters; at most ${MOST_CHARACTERS} are taken.`)
  const document = parsed(text, refuse)
  const [operation, ...others] = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION)
  if (operation?.kind !== Kind.OPERATION_DEFINITION || others.length > 0) throw refuse('holds exactly one operation.')
  if (!operation.name) throw refuse('names its operation, e.g. query Growth { … }.')
  if (operation.operation === OperationTypeNode.MUTATION) throw refuse('is a mutation: sessions only read.')
  const [fault] = validate(schema, document)
  if (fault) throw refuse(`${fault.message}${placeOf(fault)}`)
  checkShape(document, operation, 'SESSION')
  return operation.name.value
}

function parsed(text: string, refuse: (why: string) => Error): DocumentNode {
  try {
    return parse(text, { maxTokens: MAX_TOKENS })
  } catch (error) {
    if (error instanceof GraphQLError) throw refuse(`${error.message}${placeOf(error)}`)
    throw error
  }
}

function placeOf({ locations }: GraphQLError): string {
  const [at] = locations ?? []
  return at ? ` (line ${at.line}, column ${at.column})` : ''
}
