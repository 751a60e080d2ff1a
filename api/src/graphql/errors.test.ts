import { GraphQLError } from 'graphql'
import { describe, expect, it } from 'vitest'
import { ExpectedError } from '../shared/errors.ts'
import { translate } from './errors.ts'

const located = (originalError: Error) =>
  new GraphQLError(originalError.message, { path: ['accounts', 0], originalError })

describe('an error at the door', () => {
  it('that was expected goes out with its code, field and place', () => {
    const error = located(new ExpectedError('INVALID_INPUT', 'first is at most 500', 'first'))
    const { message, path, extensions } = translate(error, 'r', () => expect.unreachable())
    expect({ message, path, extensions }).toEqual({
      message: 'first is at most 500',
      path: ['accounts', 0],
      extensions: { code: 'INVALID_INPUT', field: 'first' },
    })
  })

  it('of GraphQL itself goes out as it is', () => {
    const error = new GraphQLError('Cannot query field "x".')
    expect(translate(error, 'r', () => expect.unreachable())).toBe(error)
  })

  it('that nobody expected is reported, and says nothing but the request id', () => {
    const reported: unknown[] = []
    const cause = new Error('connect ECONNREFUSED 10.0.0.1, password=hunter2')
    const { message, path, extensions, originalError } = translate(located(cause), 'r-1', (error) =>
      reported.push(error),
    )
    expect({ message, path, extensions, originalError }).toEqual({
      message: 'Something went wrong. Quote the request id r-1.',
      path: ['accounts', 0],
      extensions: { code: 'INTERNAL', requestId: 'r-1' },
      originalError: undefined,
    })
    expect(reported).toEqual([cause])
  })
})
