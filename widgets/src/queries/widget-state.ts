import { NobishiroError, type UndefinedReason } from '@nobishiro/sdk'
import type { UseQueryResult } from '@tanstack/react-query'

/** What a widget or a headless hook is in: exactly one of these. */
export type WidgetState<T> =
  | { status: 'loading' }
  /** `reason`: there may be something, but it has no value. */
  | { status: 'empty'; reason?: UndefinedReason }
  | { status: 'denied'; error: NobishiroError; retry: () => void }
  | { status: 'error'; error: unknown; retry: () => void }
  /** `partial`: the period is still in progress. */
  | { status: 'ready' | 'partial'; data: T }

/** What a state needs of a query. */
export type Asked<Answer> = Pick<UseQueryResult<Answer>, 'data' | 'error' | 'refetch'>

const denials = new Set(['FORBIDDEN', 'UNAUTHENTICATED', 'SESSION_EXPIRED'])

/** Folds a query's result into one state. A denial hides what was loaded before. */
export function widgetState<Answer, T>(
  query: Asked<Answer>,
  read: (answer: Answer) => { data: T; isEmpty: boolean; isPartial: boolean; reason?: UndefinedReason | null },
): WidgetState<T> {
  const { data, error, refetch } = query
  const retry = () => void refetch()
  if (error instanceof NobishiroError && denials.has(error.code)) return { status: 'denied', error, retry }
  if (data === undefined) return error ? { status: 'error', error, retry } : { status: 'loading' }
  const { isEmpty, isPartial, data: value, reason } = read(data)
  if (isEmpty) return { status: 'empty', ...(reason && { reason }) }
  return { status: isPartial ? 'partial' : 'ready', data: value }
}
