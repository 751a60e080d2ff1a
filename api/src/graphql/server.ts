import { type GraphQLError, parse } from 'graphql'
import { createYoga, type GraphQLParams, type Plugin } from 'graphql-yoga'
import type { Logger } from 'pino'
import type { Principal } from '../access/principal.ts'
import { createRateLimit } from '../access/rate-limit.ts'
import { type Context, type ContextInput, createContext } from './context.ts'
import { translate } from './errors.ts'
import { type Cost, checkLimits, MAX_TOKENS } from './limits.ts'
import { schema } from './schema.ts'

/** `params` is the body of the request, parsed and proven to be an object. */
export type GraphqlCall = { principal: Principal; requestId: string; params: GraphQLParams }
export type GraphqlServer = (request: Request, call: GraphqlCall) => Promise<Response>

type Dependencies = Pick<ContextInput, 'db' | 'factsCache'> & { now: () => Date; logger: Logger }

/** Yoga with its open doors shut: bodies are read outside, errors translated, limits checked before anything runs. */
export function createGraphqlServer({ db, factsCache, now, logger }: Dependencies): GraphqlServer {
  const limit = createRateLimit(() => now().getTime())
  const report = (requestId: string) => (cause: unknown) => logger.error({ requestId, err: cause }, 'operation failed')

  const door: Plugin<Context, GraphqlCall> = {
    onRequestParse: ({ setRequestParser, serverContext }) => setRequestParser(() => serverContext.params),
    onParse: ({ setParseFn }) => setParseFn((source, options) => parse(source, { ...options, maxTokens: MAX_TOKENS })),
    onExecute({ args, setResultAndStopExecution }) {
      const { document, operationName, variableValues, contextValue } = args
      const { principal, requestId } = contextValue
      let cost: Cost
      try {
        cost = checkLimits({ document, operationName, variables: variableValues, principal }, limit)
      } catch (error) {
        setResultAndStopExecution({ errors: [translate(error, requestId, report(requestId))] })
        return
      }
      return {
        onExecuteDone({ result, setResult }) {
          if (Symbol.asyncIterator in result) return
          const errors = result.errors?.map((error) => translate(error, requestId, report(requestId)))
          setResult({
            ...result,
            ...(errors ? { errors } : {}),
            extensions: { ...result.extensions, cost },
          })
        },
      }
    },
  }

  const yoga = createYoga<GraphqlCall, Context>({
    schema,
    context: ({ principal, requestId }) => createContext({ db, factsCache, principal, requestId, now: now() }),
    plugins: [door],
    cors: false,
    graphiql: false,
    landingPage: false,
    multipart: false,
    maxRequestBodySize: false,
    logging: false,
    maskedErrors: {
      maskError: (error) =>
        translate(error, 'unknown', (cause) => logger.error({ err: cause }, 'request failed')) as GraphQLError,
    },
  })
  return async (request, call) => yoga.fetch(request, call)
}
