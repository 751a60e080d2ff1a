import { setTimeout as pause } from 'node:timers/promises'
import type { Database } from '@nobishiro/prisma'
import { type ExecutionArgs, type ExecutionResult, type GraphQLError, parse } from 'graphql'
import { createYoga, type GraphQLParams, type Plugin } from 'graphql-yoga'
import type { Logger } from 'pino'
import { createRegisteredDocuments, type RegisteredDocuments, sha256Of } from '../access/documents/registered.ts'
import type { Principal } from '../access/principal.ts'
import { createRateLimit, type RateLimit } from '../access/rate-limit.ts'
import { createScopes } from '../access/scopes.ts'
import { createFactsCache } from '../facts/facts-cache.ts'
import { loggable } from '../shared/loggable.ts'
import { type Attributes, type Note, type Trace as Tracer, untraced } from '../shared/trace.ts'
import { type Context, type ContextInput, createContext, type Trace } from './context.ts'
import { translate } from './errors.ts'
import { isFromFacts } from './from-facts.ts'
import { dataOf, give } from './kept-answer.ts'
import { createKeptAnswers, nameOf } from './kept-answers.ts'
import { isTooMany, pay, payAgain, priceOf } from './limits.ts'
import { createLive } from './live.ts'
import { createMemberships } from './membership.ts'
import { schema } from './schema.ts'
import { MAX_TOKENS } from './shape.ts'
import { type DocumentParams, withText } from './trusted-documents.ts'
import { createTurns } from './turns.ts'

/** `params` is the body of the request, parsed and proven to be an object; `isWelcome` whether its credential still counts. */
export type GraphqlCall = {
  principal: Principal
  requestId: string
  params: DocumentParams
  isWelcome: () => Promise<boolean>
  /** The door from inside of a transaction that is kept with the answer, or not at all. */
  inside?: Database
}
export type GraphqlServer = (request: Request, call: GraphqlCall) => Promise<Response>

type ServerContext = Omit<GraphqlCall, 'params' | 'inside'> & { params: GraphQLParams }

/** Where an operation reads and writes. */
type Place = Pick<ContextInput, 'db' | 'factsCache' | 'memberships'>

type Arguments = Pick<ExecutionArgs, 'document' | 'operationName' | 'variableValues'> & { contextValue: Context }

type Dependencies = Pick<ContextInput, 'db' | 'factsCache' | 'webhooks'> & {
  now: () => Date
  logger: Logger
  stopping: AbortSignal
  /** What tenants have registered for their sessions; absent means: as the database says. */
  documents?: RegisteredDocuments | undefined
  /** Where somebody collects traces. */
  trace?: Tracer | undefined
  /** What callers may spend; absent means: counted by this process alone. */
  allowances?: RateLimit | undefined
}

/**
 * Who is told to come back in a second or more is told so after the first of them: else a caller that asks again at once, from many
 * connections, keeps the server busy with refusals, and other tenants waiting.
 */
const HELD_MS = 1_000

/** Yoga with its open doors shut: bodies are read outside, errors translated, limits checked before anything runs. */
export function createGraphqlServer({
  db,
  factsCache,
  webhooks,
  now,
  logger,
  stopping,
  ...deps
}: Dependencies): GraphqlServer {
  const outside: Place = { db, factsCache, memberships: createMemberships(db, createScopes(db)) }
  const documents = deps.documents ?? createRegisteredDocuments(db)
  const traced = deps.trace ?? untraced
  const limit: RateLimit = deps.allowances ?? createRateLimit(() => now().getTime())
  const answers = createKeptAnswers()
  const live = createLive(factsCache)
  const turns = createTurns()
  const report = (requestId: string) => (cause: unknown) =>
    logger.error({ requestId, err: loggable(cause) }, 'operation failed')

  /** What is said instead of an answer to an operation that goes over a limit. */
  async function refusalOf({
    document,
    operationName,
    variableValues,
    contextValue,
  }: Arguments): Promise<ExecutionResult | undefined> {
    const { principal, requestId, trace } = contextValue
    try {
      const price = priceOf({ document, operationName, variables: variableValues, principal })
      trace.cost = await pay(principal, price, limit)
      trace.isFromFacts = isFromFacts(document, operationName)
      return undefined
    } catch (error) {
      if (isTooMany(error)) await pause(HELD_MS)
      return { errors: [translate(error, requestId, report(requestId))] }
    }
  }

  const door: Plugin<Context, ServerContext> = {
    onRequestParse: ({ setRequestParser, serverContext }) => setRequestParser(() => serverContext.params),
    onParse: ({ setParseFn }) => setParseFn((source, options) => parse(source, { ...options, maxTokens: MAX_TOKENS })),
    async onSubscribe({ args, setResultAndStopExecution }) {
      const refusal = await refusalOf(args)
      if (refusal) setResultAndStopExecution(refusal)
    },
    async onExecute({ args, setResultAndStopExecution }) {
      const { requestId, trace } = args.contextValue
      const refusal = await refusalOf(args)
      if (refusal) return setResultAndStopExecution(refusal)
      return {
        onExecuteDone({ result, setResult }) {
          if (Symbol.asyncIterator in result) return
          const errors = result.errors?.map((error) => translate(error, requestId, report(requestId)))
          setResult({
            ...result,
            ...(errors ? { errors } : {}),
            extensions: { ...result.extensions, cost: trace.cost },
          })
        },
      }
    },
  }

  const yoga = createYoga<ServerContext & Place & { trace: Trace; now: Date }, Context>({
    schema,
    context: (call) => createContext({ ...call, webhooks, turns, watch: () => live({ ...call, stopping }) }),
    plugins: [door],
    cors: false,
    graphiql: false,
    landingPage: false,
    multipart: false,
    maxRequestBodySize: false,
    logging: false,
    maskedErrors: {
      maskError: (error) =>
        translate(error, 'unknown', (cause) =>
          logger.error({ err: loggable(cause) }, 'request failed'),
        ) as GraphQLError,
    },
  })

  /** What is not committed yet is seen inside, and by nobody else: its facts are in no cache that others read. */
  const placeInside = (database: Database): Place => ({
    db: database,
    factsCache: createFactsCache({ database, now }),
    memberships: createMemberships(database, createScopes(database)),
  })

  return async (request, call) => {
    const params = await withText(call.params, call.principal, documents)
    return traced({ name: 'operation', attributes: () => describe(params) }, (note) =>
      answer(request, { ...call, params }, note),
    )
  }

  async function answer(
    request: Request,
    { inside, params, ...call }: GraphqlCall & { params: GraphQLParams },
    note: Note,
  ): Promise<Response> {
    const { principal } = call
    const place = inside ? placeInside(inside) : outside
    const at = now()
    const question = nameOf({ principal, params, accept: request.headers.get('accept'), now: at })
    // Where the version cannot be looked up, the operation says why.
    const version = await place.factsCache.current(principal.tenantId).then(
      (current) => current.version,
      () => undefined,
    )
    const kept = version === undefined ? undefined : answers.find(version, question)
    const cost = kept && (await payAgain(principal, limit))
    note({ 'nobishiro.kept': Boolean(kept && cost) })
    if (kept && cost) return give(request, kept, cost)
    const trace: Trace = { version, readsOther: false, isFromFacts: false, cost: undefined }
    const response = await yoga.fetch(request, { ...call, ...place, params, now: at, trace })
    return keep(request, response, question, trace)
  }

  async function keep(request: Request, response: Response, question: string, trace: Trace): Promise<Response> {
    const { version, cost } = trace
    if (!trace.isFromFacts || trace.readsOther || response.status !== 200 || version === undefined || !cost)
      return response
    const body = await response.text()
    const data = dataOf(body, cost)
    if (data === undefined) return new Response(body, response)
    const contentType = response.headers.get('content-type') ?? 'application/json'
    return give(request, answers.keep(version, question, { data, contentType }), cost)
  }
}

/** Which operation it is: its name, where it is one, and the hash of its text. */
function describe({ operationName, query }: GraphQLParams): Attributes {
  const name =
    typeof operationName === 'string' && /^[_A-Za-z]\w{0,63}$/.test(operationName) ? operationName : undefined
  return { ...(name && { 'graphql.operation.name': name }), 'graphql.document.hash': sha256Of(String(query)) }
}
