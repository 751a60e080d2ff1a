import { complexityFromQuery } from '@pothos/plugin-complexity'
import { type DocumentNode, GraphQLError, Kind, type OperationDefinitionNode } from 'graphql'
import type { Principal } from '../access/principal.ts'
import type { Allowance, Bucket, RateLimit } from '../access/rate-limit.ts'
import { nestsDeeper } from './nesting.ts'
import { schema } from './schema.ts'
import { checkShape, refusal } from './shape.ts'

const COST = { KEY: 5_000, SESSION: 1_000 } as const satisfies Record<Principal['kind'], number>
const ALLOWANCE = {
  KEY: { burst: 5_000, restoreRate: 100 },
  SESSION: { burst: 2_000, restoreRate: 100 },
} as const satisfies Record<Principal['kind'], Allowance>
/** Of all sessions of a tenant: twenty of them can be busy at once. */
const TOGETHER: Allowance = { burst: 40_000, restoreRate: 2_000 }
const ROWS_PER_POINT = 10
/** How deep variables may nest. */
const NESTED = 32

/** Points of one operation, as `extensions.cost` and the headers say them. */
export type Cost = { requested: number; available: number; restoreRate: number }

export type Request = {
  document: DocumentNode
  operationName?: string | null | undefined
  variables?: Record<string, unknown> | null | undefined
  principal: Principal
}

/** Points of one operation before they are taken. */
export type Price = Omit<Cost, 'available'>

/** Refuses what is too deep, too wide or too dear before anything is read; returns what it costs. */
export function priceOf({ document, operationName, variables, principal }: Request): Price {
  const operation = operationOf(document, operationName)
  checkShape(document, operation, principal.kind)
  if (nestsDeeper(variables ?? {}, NESTED))
    throw refusal('COST_EXCEEDED', `The variables nest more than ${NESTED} deep; that is the limit.`)
  const rows = complexityFromQuery(alone(document, operation), { schema, variables: variables ?? {} }).complexity
  const allowance = ALLOWANCE[principal.kind]
  const price = { requested: Math.max(1, Math.ceil(rows / ROWS_PER_POINT)), restoreRate: allowance.restoreRate }
  if (rows > COST[principal.kind]) {
    const text = `The operation would read about ${rows} rows; the limit is ${COST[principal.kind]}. Ask for smaller pages.`
    throw refusal('COST_EXCEEDED', text, { cost: { ...price, available: allowance.burst } })
  }
  return price
}

/** Takes the points of the caller; refuses where it has too few. */
export async function pay(principal: Principal, price: Price, limit: RateLimit): Promise<Cost> {
  const { ok, available } = await limit.spend(price.requested, ...bucketsOf(principal))
  if (!ok) throw tooMany({ ...price, available })
  return { ...price, available }
}

/** An answer that is given again costs one point; undefined where not even that is left. */
export async function payAgain(principal: Principal, limit: RateLimit): Promise<Cost | undefined> {
  const { ok, available } = await limit.spend(1, ...bucketsOf(principal))
  return ok ? { requested: 1, restoreRate: ALLOWANCE[principal.kind].restoreRate, available } : undefined
}

/** The caller's own, and of a session that of all its tenant's sessions together. */
function bucketsOf({ tenantId, id, kind }: Principal): Bucket[] {
  const own = { tenantId, caller: id, allowance: ALLOWANCE[kind] }
  return kind === 'KEY' ? [own] : [own, { tenantId, caller: 'sessions', allowance: TOGETHER }]
}

/** The operation that runs. */
export function operationOf(document: DocumentNode, name: string | null | undefined): OperationDefinitionNode {
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
  const operation = name ? operations.find((candidate) => candidate.name?.value === name) : operations[0]
  if (!operation) throw refusal('INVALID_INPUT', name ? `There is no operation "${name}".` : 'There is no operation.')
  if (!name && operations.length > 1)
    throw refusal('INVALID_INPUT', 'Say operationName: the document has several operations.')
  return operation
}

/** The document with one operation: the cost is of what runs. */
function alone(document: DocumentNode, operation: OperationDefinitionNode): DocumentNode {
  const definitions = document.definitions.filter(
    (definition) => definition === operation || definition.kind === Kind.FRAGMENT_DEFINITION,
  )
  return { ...document, definitions }
}

function tooMany(cost: Cost): GraphQLError {
  const retryAfter = Math.max(1, Math.ceil((cost.requested - cost.available) / cost.restoreRate))
  return new GraphQLError(`Too many requests. Try again in ${retryAfter} s.`, {
    extensions: {
      code: 'RATE_LIMITED',
      cost,
      retryAfter,
      http: { status: 429, headers: { 'retry-after': String(retryAfter) } },
    },
  })
}

/** The caller has spent its allowance. */
export const isTooMany = (error: unknown): boolean =>
  error instanceof GraphQLError && error.extensions['code'] === 'RATE_LIMITED'
