/**
 * A GraphQL document that knows its result and its variables. A plain string is one too (its result is `unknown`), and so
 * are the documents that graphql-codegen writes with `documentMode: 'string'`.
 */
export interface TypedDocument<Result, Variables> {
  toString(): string
  /** Exists in the types only. */
  readonly __apiType?: ((variables: Variables) => Result) | undefined
}
