import { parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import type { KeyPrincipal, SessionPrincipal } from '../access/principal.ts'
import { createRateLimit } from '../access/rate-limit.ts'
import { WHOLE_TENANT } from '../access/viewer.ts'
import { pay, priceOf } from './limits.ts'

const key: KeyPrincipal = {
  kind: 'KEY',
  tenantId: 'acme',
  id: 'k',
  viewer: WHOLE_TENANT,
  scopes: ['read'],
  expiresAt: null,
}
const session: SessionPrincipal = {
  kind: 'SESSION',
  tenantId: 'acme',
  id: 's',
  viewer: WHOLE_TENANT,
  capabilities: [],
  origins: [],
  expiresAt: new Date(),
}
const check = (
  text: string,
  variables: Record<string, unknown> = {},
  principal: KeyPrincipal | SessionPrincipal = key,
) => priceOf({ document: parse(text), variables, principal })
const rows = (first: string) =>
  `{ accounts(first: ${first}) { edges { node { movements(first: ${first}) { edges { node { id } } } } } } }`

describe('the limits of an operation', () => {
  it('count rows, nested ones by multiplication', () => {
    expect(check(rows('20')).requested).toBe(Math.ceil((1 + 20 * (1 + 1 + 20)) / 10))
    expect(() => check(rows('100'))).toThrow(
      expect.objectContaining({ extensions: expect.objectContaining({ code: 'COST_EXCEEDED' }) }),
    )
  })

  it('count what variables ask for, not what the text says', () => {
    const text =
      'query ($n: Int = 1) { accounts(first: $n) { edges { node { movements(first: $n) { edges { node { id } } } } } } }'
    expect(check(text).requested).toBe(1)
    expect(() => check(text, { n: 100 })).toThrow('the limit is 5000')
  })

  it('count a page without a size at its default', () => {
    expect(() =>
      check(
        '{ accounts { edges { node { movements { edges { node { account { movements { edges { node { id } } } } } } } } } } }',
      ),
    ).toThrow('the limit is 5000')
  })

  it('refuse variables that nest too deep, however deep that is', () => {
    const text = 'mutation ($rule: SegmentRuleInput!) { saveSegment(input: { name: "x", rule: $rule }) { id } }'
    const nested = (depth: number) => {
      let rule: object = { seats: { min: 1 } }
      for (let level = 0; level < depth; level += 1) rule = { not: rule }
      return { rule }
    }
    expect(check(text, nested(20)).requested).toBe(5)
    for (const depth of [40, 100_000])
      expect(() => check(text, nested(depth))).toThrow('The variables nest more than 32 deep; that is the limit.')
  })

  it('count the operation that runs, not the first one', () => {
    const document = parse(`query Small { viewer { kind } } query Large ${rows('500')}`)
    const run = (operationName: string) => priceOf({ document, operationName, principal: key })
    expect(run('Small').requested).toBe(1)
    expect(() => run('Large')).toThrow('the limit is 5000')
  })

  it('are tighter for a session', () => {
    expect(check(rows('40')).requested).toBeGreaterThan(100)
    expect(() => check(rows('40'), {}, session)).toThrow('the limit is 1000')
  })

  it('stop depth, also through fragments', () => {
    const deep = (levels: number) =>
      `{ accounts(first: 1) { edges { node { ${'parent { '.repeat(levels)} id ${'} '.repeat(levels)} } } } }`
    expect(check(deep(8)).requested).toBe(1)
    expect(() => check(deep(9))).toThrow('depth 13; the limit is 12')
    const hidden = `fragment F on Account { parent { parent { parent { parent { ...G } } } } }
      fragment G on Account { parent { parent { parent { parent { parent { id } } } } } }
      { accounts(first: 1) { edges { node { ...F } } } }`
    expect(() => check(hidden)).toThrow('depth 13; the limit is 12')
  })

  it('stop aliases, also through fragments that are spread again and again', () => {
    const aliases = (count: number) => Array.from({ length: count }, (_, index) => `a${index}: kind`).join(' ')
    expect(check(`{ viewer { ${aliases(30)} } }`).requested).toBe(1)
    expect(() => check(`{ viewer { ${aliases(31)} } }`)).toThrow('aliases 31; the limit is 30')
    expect(() => check(`fragment F on Viewer { ${aliases(8)} } { viewer { ...F ...F ...F ...F } }`)).toThrow(
      'aliases 32',
    )
  })

  it('leave introspection to keys', () => {
    expect(check('{ __schema { types { name } } }').requested).toBe(1)
    expect(() => check('{ __schema { types { name } } }', {}, session)).toThrow('Introspection is for API keys only')
    expect(check('{ viewer { __typename } }', {}, session).requested).toBe(1)
  })

  it('take points from the caller, and say when to come back', async () => {
    const limit = createRateLimit(() => 0)
    const price = check(rows('60'))
    const spend = async () => {
      for (let time = 0; time < 20; time += 1) await pay(key, price, limit)
    }
    await expect(spend()).rejects.toMatchObject({
      extensions: { code: 'RATE_LIMITED', retryAfter: expect.any(Number) },
    })
  })

  it('leave the sessions of a tenant, all together, twenty times what one has', async () => {
    const limit = createRateLimit(() => 0)
    const price = check(rows('20'), {}, session)
    const ask = (id: string, tenantId = 'acme') => pay({ ...session, id, tenantId }, price, limit)
    const asked = Math.floor(2_000 / price.requested)
    for (let one = 0; one < 20; one += 1) for (let time = 0; time < asked; time += 1) await ask(String(one))
    // What is left of all is less than each of them asks for.
    for (let one = 20; one < 24; one += 1)
      for (let time = 0; time < asked; time += 1) await ask(String(one)).catch(() => {})
    await expect(ask('new')).rejects.toThrow('Too many requests')
    await expect(ask('new', 'other')).resolves.toMatchObject({ requested: price.requested })
    await expect(pay(key, price, limit)).resolves.toMatchObject({ requested: price.requested })
  })
})
