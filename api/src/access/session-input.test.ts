import { describe, expect, it } from 'vitest'
import { parseSessionInput } from './session-input.ts'

const origins = ['https://app.example.com']

describe('a request for a session', () => {
  it('is for an account unless it says otherwise, and lives 15 minutes', () => {
    expect(parseSessionInput({ accountIds: ['cus_1'], origins })).toMatchObject({ viewer: 'ACCOUNT', ttlSeconds: 900 })
  })

  it.each([
    [{ viewer: 'TENANT', origins, accountId: 'cus_1' }, 'input.accountId', 'not a field'],
    [{ viewer: 'TENANT', origins: [] }, 'input.origins', 'at least one origin'],
    [{ viewer: 'TENANT' }, 'input.origins', 'a list of origins'],
    [{ viewer: 'TENANT', origins: ['https://app.example.com/'] }, 'input.origins.0', 'not an origin'],
    [{ viewer: 'TENANT', origins: ['*'] }, 'input.origins.0', 'not an origin'],
    [{ viewer: 'TENANT', origins: ['null'] }, 'input.origins.0', 'not an origin'],
    [{ viewer: 'ADMIN', origins }, 'input.viewer', 'TENANT or ACCOUNT'],
    [{ viewer: 'ACCOUNT', origins }, 'input.accountIds', 'at least one account'],
    [{ viewer: 'TENANT', origins, accountIds: ['cus_1'] }, 'input.accountIds', 'ACCOUNT viewer only'],
    [{ viewer: 'TENANT', origins, ttlSeconds: 3601 }, 'input.ttlSeconds', 'at most 3600'],
    [{ viewer: 'TENANT', origins, ttlSeconds: 0 }, 'input.ttlSeconds', 'at least 10'],
    [
      { viewer: 'TENANT', origins, capabilities: ['nrr', 'everything'] },
      'input.capabilities.1',
      '"everything" is unknown',
    ],
  ])('%j is refused at %s', (input, field, message) => {
    expect(() => parseSessionInput(input)).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', field, message: expect.stringContaining(message) }),
    )
  })
})
