import type { TypedDocument } from './document.ts'
import { NobishiroError } from './errors.ts'
import { retry } from './retry.ts'
import { type SendOptions, send } from './send.ts'
import type { Credential } from './session.ts'
import { unlessAborted } from './wait.ts'

/** What every call takes beside its variables. */
export interface RequestOptions {
  signal?: AbortSignal | undefined
}

/** One operation on its way to an answer. */
export interface Operation {
  query: string
  operationName: string | undefined
  variables: object
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
    const query = document.toString()
    const operationName = /(?:query|mutation)\s+(\w+)/.exec(query)?.[1]
    const data = await transport({ query, operationName, variables: variables ?? {} }, options?.signal)
    return data as never // the document's type names the shape of its answer
  }
}

const isStale = (error: unknown): error is NobishiroError =>
  error instanceof NobishiroError && (error.code === 'UNAUTHENTICATED' || error.code === 'SESSION_EXPIRED')

/** Over HTTP: a token the API refuses is replaced once; reads are retried; a mutation is sent once. */
export function httpTransport(options: SendOptions, credential: Credential): Transport {
  return async (operation, signal) => {
    const attempt = async (token: string) => {
      const run = () => send<{ data: unknown }>(options, token, operation, signal)
      const { data } = await (/\bmutation\b/.test(operation.query) ? run() : retry(run, signal))
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
