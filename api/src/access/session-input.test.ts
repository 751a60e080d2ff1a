import { describe, expect, it } from 'vitest'
import { parseSessionInput } from './session-input.ts'

const origins = ['https://app.example.com']

const filtered = (filters: unknown) => ({ viewer: 'TENANT', origins, filters })

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
    [{ viewer: 'ADMIN', origins }, 'input.viewer', 'TENANT, SEGMENT or ACCOUNT'],
    [{ viewer: 'ACCOUNT', origins }, 'input.accountIds', 'at least one account'],
    [{ viewer: 'TENANT', origins, accountIds: ['cus_1'] }, 'input.accountIds', 'viewer ACCOUNT only'],
    [{ viewer: 'SEGMENT', origins }, 'input.segmentIds', 'at least one segment'],
    [{ viewer: 'SEGMENT', origins, segmentIds: [] }, 'input.segmentIds', 'at least one segment'],
    [{ viewer: 'TENANT', origins, segmentIds: ['s'] }, 'input.segmentIds', 'viewer SEGMENT only'],
    [{ accountIds: ['a'], segmentIds: ['s'], origins }, 'input.segmentIds', 'viewer SEGMENT only'],
    [
      { viewer: 'SEGMENT', segmentIds: ['s'], capabilities: ['costs'], origins },
      'input.capabilities',
      'without filters',
    ],
    [{ ...filtered({ seats: { min: 1 } }), capabilities: ['costs'] }, 'input.capabilities', 'without filters'],
    [filtered({ regions: ['emea'] }), 'input.filters.regions', 'not a field of a rule'],
    [filtered({ all: [{ not: { regions: ['emea'] } }] }), 'input.filters.all.0.not.regions', 'not a field of a rule'],
    [filtered({ mrr: { min: 5 } }), 'input.filters.mrr.min', 'a decimal'],
    [filtered('emea'), 'input.filters', 'is a rule'],
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
