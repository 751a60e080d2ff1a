import { expect, it } from 'vitest'

it('exports these names and no other', async () => {
  expect(Object.keys(await import('./index.ts')).sort()).toEqual([
    'ConflictError',
    'CostExceededError',
    'ForbiddenError',
    'InvalidInputError',
    'NetworkError',
    'NobishiroError',
    'NotFoundError',
    'RateLimitedError',
    'SessionExpiredError',
    'UnauthenticatedError',
    'UnavailableError',
    'VersionSkewError',
    'capacityUseOf',
    'cohortsOf',
    'createClient',
    'defaultVariables',
    'departmentGrowthOf',
    'expanderRetentionOf',
    'landAndExpandOf',
    'metricCardsOf',
    'nrrContributionOf',
    'recordsOf',
    'renewalsOf',
    'reportOf',
    'restatementsOf',
    'stickinessOf',
    'whenAllAborted',
  ])
  expect(Object.keys(await import('./server.ts'))).toEqual(['mintSession'])
  expect(Object.keys(await import('./sandbox/index.ts')).sort()).toEqual(['NotRecordedError', 'answer'])
})
