import type { Operation } from '../request.ts'
import { canonical } from './canonical.ts'
import { find } from './find.ts'
import { NotRecordedError } from './not-recorded-error.ts'
import { type Recorded, recorded } from './recorded.ts'
import { slice } from './slice.ts'

/** Answers an operation from the recording of the sample tenant, the same way every time. */
export async function answer({ operationName = '', variables }: Operation): Promise<unknown> {
  const load = recorded[operationName]
  if (!load) {
    const names = Object.keys(recorded).join(', ')
    throw new NotRecordedError(`The sandbox does not know the operation "${operationName}". It knows ${names}.`)
  }
  const answers = (await load()).default as Recorded[] // the recorder writes this shape
  const found = find(operationName, answers, variables)
  if (!found) {
    const keys = answers.map((entry) => canonical(entry.variables)).join('\n  ')
    throw new NotRecordedError(
      `The sandbox holds no ${operationName} for ${canonical(variables)}. It holds:\n  ${keys}`,
    )
  }
  const { first = 50, after = null } = variables as { first?: number; after?: string | null }
  return slice(found, first, after)
}
