import { ExpectedError } from '../shared/errors.ts'

/** The caller's fault: `field` is the path of what was wrong, e.g. `input.origins`. */
export function invalidInput(field: string, message: string): ExpectedError {
  return new ExpectedError('INVALID_INPUT', message, field)
}
