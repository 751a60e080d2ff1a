import { ExpectedError } from '../../../shared/errors.ts'

/** A mapping that cannot be used. The message names the file, the JSON path and what was expected. */
export class MappingError extends ExpectedError {
  constructor(message: string) {
    super('INVALID_INPUT', message)
  }
}
