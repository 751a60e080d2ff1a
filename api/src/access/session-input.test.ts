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
    [{ viewer: 'ADMIN', origins }, 'input.viewer', 'TENANT, SEGMENT, ACCOUNT or PARTNER'],
    [{ viewer: 'ACCOUNT', origins }, 'input.accountIds', 'at least one account'],
    [{ viewer: 'TENANT', origins, accountIds: ['cus_1'] }, 'input.accountIds', 'viewer ACCOUNT only'],
    [{ viewer: 'PARTNER', origins }, 'input.partner', 'at least one partner'],
    [{ viewer: 'TENANT', partner: 'p', origins }, 'input.partner', 'viewer PARTNER only'],
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

describe("a request with a partner's key", () => {
  it('is for what is shared with the partner, or some of it', () => {
    expect(parseSessionInput({ viewer: 'PARTNER', origins }, 'globex')).toMatchObject({ partner: 'globex' })
    expect(parseSessionInput({ accountIds: ['a'], origins }, 'globex')).toMatchObject({ viewer: 'ACCOUNT' })
  })

  it.each([
    [{ viewer: 'TENANT', origins }, 'input.viewer', 'PARTNER or ACCOUNT'],
    [{ viewer: 'SEGMENT', segmentIds: ['s'], origins }, 'input.viewer', 'PARTNER or ACCOUNT'],
    [{ viewer: 'PARTNER', partner: 'initech', origins }, 'input.partner', 'not the partner of this key'],
    [{ viewer: 'PARTNER', filters: { seats: { min: 1 } }, origins }, 'input.filters', 'does not go with'],
    [{ viewer: 'PARTNER', capabilities: ['costs'], origins }, 'input.capabilities', 'TENANT without filters'],
  ])('%j is refused at %s', (input, field, message) => {
    expect(() => parseSessionInput(input, 'globex')).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', field, message: expect.stringContaining(message) }),
    )
  })
})
