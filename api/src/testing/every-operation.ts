import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql'

/** Values to try for arguments that name something, by the argument's name. */
export type Candidates = Record<string, readonly unknown[]>

const DEEP = 5
const NEAR = 3
const ANY_NODE = '{ __typename id ... on Account { name mrr { minor } } ... on Subscription { externalId } }'

/**
 * Operations that reach every root field of Query: with its first arguments every field below it, one by one and deep;
 * with every other choice of arguments all of them at once, near. Nothing is listed by hand: a new field is walked the
 * day it is added.
 */
export function everyOperation(schema: GraphQLSchema, candidates: Candidates): { field: string; query: string }[] {
  const root = schema.getQueryType()! // there is one
  return Object.values(root.getFields()).flatMap((field) =>
    argumentChoices(field, candidates).flatMap((args, index) =>
      bodiesOf(field, index === 0 ? DEEP : NEAR).map((body) => ({
        field: field.name,
        query: `{ ${field.name}${args} ${body} }`,
      })),
    ),
  )
}

function bodiesOf(field: GraphQLField<unknown, unknown>, depth: number): string[] {
  const type = getNamedType(field.type)
  if (isLeafType(type)) return ['']
  if (!isObjectType(type)) return [ANY_NODE]
  const fields = Object.values(type.getFields()).map((child) => select(child, [type.name], depth))
  const found = fields.filter((text) => text !== undefined)
  return depth === NEAR ? [`{ ${found.join(' ')} }`] : found.map((text) => `{ ${text} }`)
}

function select(field: GraphQLField<unknown, unknown>, path: readonly string[], depth: number): string | undefined {
  const type = getNamedType(field.type)
  const args = pageArgs(field)
  if (isLeafType(type)) return field.name
  if (!isObjectType(type) || depth === 0 || path.includes(type.name)) return undefined
  const inner = innerOf(type, [...path, type.name], depth - 1)
  return inner ? `${field.name}${args} { ${inner} }` : undefined
}

function innerOf(type: GraphQLObjectType, path: readonly string[], depth: number): string {
  return Object.values(type.getFields())
    .map((child) => select(child, path, depth))
    .filter((text) => text !== undefined)
    .join(' ')
}

/** Small pages, and the required arguments of fields below the root. */
function pageArgs(field: GraphQLField<unknown, unknown>): string {
  const args = field.args.flatMap((arg) => {
    if (arg.name === 'first') return ['first: 3']
    if (arg.name === 'keys') return ['keys: [mrr, nrr]']
    return isNonNullType(arg.type) ? [`${arg.name}: ${literals(arg.type, arg.name, {})[0]}`] : []
  })
  return args.length > 0 ? `(${args.join(', ')})` : ''
}

/** Argument lists to try: the required ones alone, then with each candidate of each optional one. */
function argumentChoices(field: GraphQLField<unknown, unknown>, candidates: Candidates): string[] {
  const required = field.args
    .filter((arg) => isNonNullType(arg.type) && arg.defaultValue === undefined)
    .map((arg) => literals(arg.type, arg.name, candidates).map((value) => `${arg.name}: ${value}`))
  const base = product(required)
  const [first = []] = base
  const size = field.args.some(({ name }) => name === 'first') ? ['first: 4'] : []
  const optional = field.args
    .filter((arg) => !isNonNullType(arg.type) && arg.name !== 'first')
    .flatMap((arg) => literals(arg.type, arg.name, candidates).map((value) => [...first, `${arg.name}: ${value}`]))
  return [...base, ...optional]
    .map((args) => [...args, ...size])
    .map((args) => (args.length > 0 ? `(${args.join(', ')})` : ''))
}

function literals(type: GraphQLInputType, name: string, candidates: Candidates): string[] {
  const inner = isNonNullType(type) ? type.ofType : type
  if (isListType(inner)) return literals(inner.ofType, name, candidates).map((value) => `[${value}]`)
  if (isEnumType(inner)) return inner.getValues().map((value) => value.name)
  if (isInputObjectType(inner)) {
    const fields = Object.values(inner.getFields())
    const required = fields
      .filter((field) => isNonNullType(field.type))
      .map((field) => `${field.name}: ${literals(field.type, field.name, candidates)[0]}`)
    const optional = fields
      .filter((field) => !isNonNullType(field.type))
      .flatMap((field) => literals(field.type, field.name, candidates).map((value) => `${field.name}: ${value}`))
    const choices = optional.length > 0 ? optional : ['']
    return choices.map((choice) => `{ ${[...required, choice].filter(Boolean).join(', ')} }`)
  }
  return (candidates[name] ?? []).map((value) => JSON.stringify(value))
}

function product(lists: readonly string[][]): string[][] {
  return lists.reduce<string[][]>((sum, list) => sum.flatMap((head) => list.map((item) => [...head, item])), [[]])
}
