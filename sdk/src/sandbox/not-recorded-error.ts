import { NobishiroError } from '../errors.ts'

/** The sandbox has no answer to this request; the message lists the ones it has. */
export class NotRecordedError extends NobishiroError {
  readonly code = 'NOT_FOUND'
}
