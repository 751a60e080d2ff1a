import { ExpectedError } from '../shared/errors.ts'

/** The caller's fault: `field` is the path of what was wrong, e.g. `input.account`. */
export const invalid = (field: string, message: string): ExpectedError =>
  new ExpectedError('INVALID_INPUT', message, field)

export const shorten = (text: string): string => (text.length <= 60 ? text : `${text.slice(0, 59)}…`)
