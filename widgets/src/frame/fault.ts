import { NobishiroError, RateLimitedError } from '@nobishiro/sdk'
import { formatCount } from '../format/count.ts'
import type { Messages } from '../i18n/en.ts'

/** What a widget says about a fault. */
export interface Fault {
  title: string
  text: string
  /** Code and request id, for a support request. */
  reference: string
}

/** A denial: not allowed, or no longer signed in. */
export function denial(error: NobishiroError, { states }: Messages): Fault {
  const hasExpired = error.code === 'SESSION_EXPIRED'
  return {
    title: hasExpired ? states.expiredTitle : states.deniedTitle,
    text: hasExpired ? states.expired : states.denied,
    reference: states.reference(error.code, error.requestId ?? null),
  }
}

function reasonOf(error: unknown, { states }: Messages, locale: string): string {
  if (error instanceof RateLimitedError) {
    return error.retryAfter == null ? states.errorBusy : states.errorLimit(formatCount(error.retryAfter, locale))
  }
  if (!(error instanceof NobishiroError)) return states.errorOther
  if (error.code === 'NETWORK') return states.errorNetwork
  if (error.code === 'VERSION_SKEW') return states.errorVersion
  if (error.code === 'UNAVAILABLE') return states.errorServer
  if (error.code === 'INVALID_INPUT' || error.code === 'COST_EXCEEDED') return states.errorInput
  if (error.code === 'NOT_FOUND') return states.errorMissing
  return states.errorOther
}

/** Any other fault, with what can be done about it. */
export function faultOf(error: unknown, text: Messages, locale: string): Fault {
  const known = error instanceof NobishiroError ? error : null
  return {
    title: text.states.errorTitle,
    text: reasonOf(error, text, locale),
    reference: text.states.reference(known?.code ?? 'UNEXPECTED', known?.requestId ?? null),
  }
}
