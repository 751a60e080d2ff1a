import type { UseQueryOptions } from '@tanstack/react-query'

/** Key of the private query cache: the operation and its variables. */
export type AskKey = readonly ['nobishiro', string, object]

/** A question to the API: its key and how to ask it. */
export type Ask<Answer> = UseQueryOptions<Answer, Error, Answer, AskKey> & { queryKey: AskKey }

/** The key of an operation with its variables. */
export const queryKey = (operation: string, variables: object): AskKey => ['nobishiro', operation, variables]
