import { ExpectedError } from '../../../shared/errors.ts'
import { describeProblem, type Problem } from './problem.ts'

/** A file none of whose rows can be read: empty, not UTF-8, or without a column that the mapping needs. */
export class FileError extends ExpectedError {
  readonly problems: readonly Problem[]

  constructor(problems: readonly Problem[]) {
    super('INVALID_INPUT', problems.map(describeProblem).join('\n'))
    this.problems = problems
  }
}
