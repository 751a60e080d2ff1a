import type { TypedDocument } from './document.ts'
import { NobishiroError } from './errors.ts'
import { version } from './generated/graphql.ts'
import { retry } from './retry.ts'
import { type SendOptions, send } from './send.ts'
import type { Credential } from './session.ts'
import { together } from './together.ts'
import { unlessAborted } from './wait.ts'

/** What every call takes beside its variables. */
export interface RequestOptions {
  signal?: AbortSignal | undefined
}

/** One operation on its way to an answer: its text, or the hash of one that the server has. */
export interface Operation {
  query?: string
  documentId?: string
  operationName: string | undefined
  variables: object
  extensions?: { sdk: string }
}

/** Gives an operation's data, or throws. */
export type Transport = (operation: Operation, signal?: AbortSignal) => Promise<unknown>

/** Sends a document and its variables; `Result` and `Variables` come from the document. */
export type Query = <Result, Variables extends object>(
  document: TypedDocument<Result, Variables>,
  ...rest: Record<string, never> extends Variables
    ? [variables?: Variables, options?: RequestOptions]
    : [variables: Variables, options?: RequestOptions]
) => Promise<Result>

export function queryThrough(transport: Transport): Query {
  return async (document, variables?: object, options?: RequestOptions) => {
    const data = await transport({ ...documentOf(document), variables: variables ?? {} }, options?.signal)
    return data as never // the document's type names the shape of its answer
  }
}

/** A document of this package goes by its hash, which every server of its version knows. */
export function documentOf(document: { toString(): string }): Omit<Operation, 'variables'> {
  const query = document.toString()
  const [, known, hash] = /^(\w+)@(\w+)$/.exec(query) ?? []
  if (hash) return { documentId: `sha256:${hash}`, operationName: known, extensions: { sdk: version } }
  return { query, operationName: /(?:query|mutation)\s+(\w+)/.exec(query)?.[1] }
}

const isStale = (error: unknown): error is NobishiroError =>
  error instanceof NobishiroError && (error.code === 'UNAUTHENTICATED' || error.code === 'SESSION_EXPIRED')

/** Over HTTP: documents that a session asks for in one turn travel together; a token the API refuses is replaced once; reads are retried; a mutation is sent once. */
export function httpTransport(options: SendOptions, credential: Credential, isSession: boolean): Transport {
  const sendTogether = together(options)
  return async (operation, signal) => {
    const attempt = async (token: string) => {
      const run = (): Promise<{ data: unknown }> =>
        isSession && operation.documentId
          ? sendTogether(token, operation, signal)
          : send(options, token, operation, signal)
      const { data } = await (/\bmutation\b/.test(operation.query ?? '') ? run() : retry(run, signal))
      return data
    }
    const token = await unlessAborted(credential.token(), signal)
    try {
      return await attempt(token)
    } catch (error) {
      const next = isStale(error) ? await unlessAborted(credential.replace(token), signal) : undefined
      if (next === undefined) throw error
      return attempt(next).catch((again) => {
        if (isStale(again)) credential.deny(again)
        throw again
      })
    }
  }
}
