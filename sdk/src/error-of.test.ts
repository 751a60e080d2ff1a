import { describe, expect, it, vi } from 'vitest'
import { errorOf, retryAfterOf } from './error-of.ts'
import { NobishiroError } from './errors.ts'
import { graphqlError } from './testing/fake-api.ts'

describe('an answer that carries an error', () => {
  const codes = [
    'UNAUTHENTICATED',
    'SESSION_EXPIRED',
    'FORBIDDEN',
    'RATE_LIMITED',
    'COST_EXCEEDED',
    'INVALID_INPUT',
    'NOT_FOUND',
    'CONFLICT',
    'UNAVAILABLE',
  ]
  it.each(codes)('becomes an error of its own class for %s', (code) => {
    const error = errorOf(graphqlError(code))
    expect(error).toBeInstanceOf(NobishiroError)
    expect(error).toMatchObject({ code, message: `It is ${code}.` })
  })

  it.each([
    [400, 'INVALID_INPUT'],
    [401, 'UNAUTHENTICATED'],
    [403, 'FORBIDDEN'],
    [404, 'NOT_FOUND'],
    [409, 'CONFLICT'],
    [413, 'INVALID_INPUT'],
    [422, 'INVALID_INPUT'],
    [429, 'RATE_LIMITED'],
    [500, 'UNAVAILABLE'],
    [503, 'UNAVAILABLE'],
  ])('is told by its status %i alone when there is no code', (status, code) => {
    expect(errorOf(null, status)).toMatchObject({ code })
  })

  it.each([
    ['GraphQL', graphqlError('FORBIDDEN')],
    ['an error object', { error: { code: 'FORBIDDEN', message: 'no' } }],
    ['a flat object', { code: 'FORBIDDEN', message: 'no' }],
  ])('is understood as %s', (_form, body) => {
    expect(errorOf(body, 400)).toMatchObject({ code: 'FORBIDDEN' })
  })

  it('names the field of a refused input', () => {
    expect(errorOf(graphqlError('INVALID_INPUT', { field: 'range.start' }))).toMatchObject({ field: 'range.start' })
  })

  it('says when to come back and what is left', () => {
    const cost = { requested: 120, available: 3, restoreRate: 100 }
    const headers = new Headers({ 'retry-after': '7', 'x-request-id': 'r-1' })
    expect(errorOf(graphqlError('RATE_LIMITED', { cost }), 429, headers)).toMatchObject({
      retryAfter: 7,
      cost,
      requestId: 'r-1',
    })
  })

  it('is unavailable when the code is unknown, and keeps the message', () => {
    expect(errorOf(graphqlError('SOMETHING_NEW'))).toMatchObject({
      code: 'UNAVAILABLE',
      message: 'It is SOMETHING_NEW.',
    })
  })

  it('reads as one in a log', () => {
    expect(String(errorOf(graphqlError('CONFLICT')))).toBe('NobishiroError: It is CONFLICT.')
  })
})

describe('a good answer', () => {
  it('is no error', () => {
    expect(errorOf({ data: { viewer: {} } })).toBeNull()
    expect(errorOf({ token: 't', expiresAt: 'e' }, 201)).toBeNull()
  })
})

describe('Retry-After', () => {
  it.each([
    ['3', 3],
    ['Sun, 22 Nov 2026 00:00:05 GMT', 5],
    ['Sat, 21 Nov 2026 00:00:00 GMT', undefined],
    ['soon', undefined],
    [null, undefined],
  ])('%s is %s seconds', (header, seconds) => {
    vi.setSystemTime('2026-11-22T00:00:00Z')
    expect(retryAfterOf(header)).toBe(seconds)
    vi.useRealTimers()
  })
})
