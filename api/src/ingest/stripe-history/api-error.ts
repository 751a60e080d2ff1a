import Stripe from 'stripe'
import { ExpectedError } from '../../shared/errors.ts'

const AGAIN = 'What was read counts; run the command again to go on.'
const RIGHTS = 'products, prices, coupons, customers, subscriptions and invoices (invoice items among them)'

/** What Stripe's refusal means, for a person. Its own messages may quote the key and are left out. */
export function explainApiError(error: unknown): unknown {
  const { errors } = Stripe
  if (error instanceof errors.StripeAuthenticationError)
    return new ExpectedError('UNAUTHENTICATED', `Stripe does not accept the key. ${AGAIN}`)
  if (error instanceof errors.StripePermissionError)
    return new ExpectedError(
      'FORBIDDEN',
      `The key may not read everything: it needs read access to ${RIGHTS}. ${AGAIN}`,
    )
  if (error instanceof errors.StripeRateLimitError)
    return new ExpectedError('RATE_LIMITED', `Stripe's rate limit held longer than we wait. ${AGAIN}`)
  if (error instanceof errors.StripeConnectionError)
    return new ExpectedError('UNAVAILABLE', `Stripe cannot be reached. ${AGAIN}`)
  if (error instanceof errors.StripeError)
    return new ExpectedError(
      'UNAVAILABLE',
      `Stripe answered ${error.statusCode ?? error.type}${codeOf(error)}. ${AGAIN}`,
    )
  return error
}

const codeOf = ({ code, requestId }: { code?: string; requestId?: string }): string =>
  [code, requestId]
    .filter((part) => part !== undefined)
    .map((part) => ` ${part}`)
    .join(',')
