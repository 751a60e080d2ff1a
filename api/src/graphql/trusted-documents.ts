import type { GraphQLParams } from 'graphql-yoga'
import { type RegisteredDocuments, sha256Of } from '../access/documents/registered.ts'
import { released, releasedDocument } from '../access/documents/released.ts'
import type { Principal } from '../access/principal.ts'
import { ExpectedError } from '../shared/errors.ts'

/** What a request asks to run: a text, or the SHA-256 of one that the server has. */
export type DocumentParams = GraphQLParams & { documentId?: unknown }

/** The request with its text. A session runs documents of the SDK and those that its tenant has registered, and no others. */
export async function withText(
  { documentId, ...params }: DocumentParams,
  principal: Principal,
  registered: RegisteredDocuments,
): Promise<GraphQLParams> {
  const find = async (sha256: string) => releasedDocument(sha256) ?? (await registered.find(principal.tenantId, sha256))
  if (documentId === undefined) {
    const { query } = params
    if (typeof query !== 'string')
      throw new ExpectedError(
        'INVALID_INPUT',
        'The body has a "query", the text of the operation, or a "documentId".',
        'query',
      )
    if (principal.kind === 'SESSION' && (await find(sha256Of(query))) === undefined)
      throw new ExpectedError('FORBIDDEN', `A session runs documents of the SDK and registered ones only. ${REGISTER}`)
    return params
  }
  if (params.query !== undefined)
    throw new ExpectedError('INVALID_INPUT', 'The body has a "query" or a "documentId", not both.', 'documentId')
  const sha256 = /^sha256:([0-9a-f]{64})$/.exec(String(documentId))?.[1]
  if (sha256 === undefined) {
    const text = 'documentId is "sha256:" and the 64 hexadecimal digits of the SHA-256 of the text.'
    throw new ExpectedError('INVALID_INPUT', text, 'documentId')
  }
  const query = await find(sha256)
  if (query === undefined) throw unknown(params)
  return { ...params, query }
}

const REGISTER = 'Register others with: nobishiro documents register <file>.'

/** The SDK says its version: then it is newer than this server, or older than all that the server keeps. */
function unknown({ extensions }: GraphQLParams): ExpectedError {
  const sdk = (extensions as { sdk?: unknown } | undefined)?.sdk
  if (typeof sdk !== 'string' || !/^[\w.+-]{1,40}$/.test(sdk))
    return new ExpectedError('NOT_FOUND', `No document with this documentId is known. ${REGISTER}`, 'documentId')
  const known = Object.keys(released).join(', ')
  const text = `@nobishiro/sdk ${sdk} asks for a document that this server does not have: it has those of ${known}. Use an SDK of such a version, or bring the server up to date.`
  return new ExpectedError('VERSION_SKEW', text, 'documentId')
}
