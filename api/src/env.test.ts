import { describe, expect, it } from 'vitest'
import { InvalidEnvError, readEnv } from './env.ts'

describe('the settings', () => {
  it('have defaults that run on one machine', () => {
    expect(readEnv({})).toMatchObject({
      port: 4000,
      host: '127.0.0.1',
      databaseUrl: undefined,
      dataDir: '.nobishiro',
      production: false,
    })
  })

  it('take an empty variable as absent', () => {
    expect(readEnv({ PORT: '', DATABASE_URL: '' })).toMatchObject({ port: 4000, databaseUrl: undefined })
  })

  it('list origins', () => {
    expect(readEnv({ NOBISHIRO_ORIGINS: 'https://a.example, http://localhost:3000' }).origins).toEqual([
      'https://a.example',
      'http://localhost:3000',
    ])
  })

  it.each([
    [{ PORT: 'web' }, 'PORT is a port number'],
    [{ PORT: '70000' }, 'PORT is at most 65535'],
    [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL is a PostgreSQL URL'],
    [{ NOBISHIRO_SECRET: 'short' }, 'NOBISHIRO_SECRET has at least 32 characters'],
    [{ NOBISHIRO_ORIGINS: '*' }, 'NOBISHIRO_ORIGINS is a list of origins'],
    [{ NODE_ENV: 'production' }, 'NOBISHIRO_SECRET is required in production'],
  ])('%j is refused: %s', (variables, message) => {
    expect(() => readEnv(variables)).toThrow(InvalidEnvError)
    expect(() => readEnv(variables)).toThrow(message)
  })
})
