import { describe, expect, it } from 'vitest'
import { allows, policiesOf, sourcesOf } from './policy.ts'

const PAGE = new URL('https://app.example.com/accounts')
const SERVER = new URL('https://analytics.example.com/graphql')

describe('sources of a policy', () => {
  it.each([
    ['*', SERVER, true],
    ["'none'", SERVER, false],
    ["'self'", SERVER, false],
    ["'self'", new URL('https://app.example.com/graphql'), true],
    ['https:', SERVER, true],
    ['https:', new URL('http://analytics.example.com/graphql'), false],
    ['http:', SERVER, true],
    ['wss:', SERVER, false],
    ['https://analytics.example.com', SERVER, true],
    ['HTTPS://Analytics.Example.com', SERVER, true],
    ['http://analytics.example.com', SERVER, true],
    ['analytics.example.com', SERVER, true],
    ['analytics.example.com:443', SERVER, true],
    ['analytics.example.com:8443', SERVER, false],
    ['analytics.example.com:*', new URL('https://analytics.example.com:8443/graphql'), true],
    ['https://analytics.example.com', new URL('https://analytics.example.com:8443/graphql'), false],
    ['*.example.com', SERVER, true],
    ['*.analytics.example.com', SERVER, false],
    ['https://other.example.com', SERVER, false],
    ['https://analytics.example.com.evil.example', SERVER, false],
    ['https://analytics.example.com/graphql', SERVER, true],
    ['https://analytics.example.com/graph', SERVER, false],
    ['https://analytics.example.com/api/', SERVER, false],
    ['http://127.0.0.1:4000', new URL('http://127.0.0.1:4000/graphql'), true],
    ['http://[::1]:4000', new URL('http://[::1]:4000/graphql'), true],
    ["'unsafe-inline'", SERVER, false],
  ])('%s lets a page ask %s: %s', (source, to, isAllowed) => {
    expect(allows([source], to, PAGE)).toBe(isAllowed)
  })

  it('of a host without a scheme are of the scheme of the page', () => {
    const plain = new URL('http://analytics.example.com/graphql')
    expect(allows(['analytics.example.com'], plain, PAGE)).toBe(false)
    expect(allows(['analytics.example.com'], plain, new URL('http://app.example.com'))).toBe(true)
  })

  it('come from the header, which may have several policies, and from elements of the page', () => {
    const headers = new Headers({ 'content-security-policy': "default-src 'self', connect-src https:" })
    const html = `<head><META content="img-src data:; connect-src &#39;self&#39;" HTTP-EQUIV="Content-Security-Policy"><meta name="x" content="y">`
    const policies = policiesOf(headers, html)
    expect(policies.map((policy) => sourcesOf(policy, 'connect-src'))).toEqual([["'self'"], ['https:'], ["'self'"]])
    expect(policies.map((policy) => sourcesOf(policy, 'img-src'))).toEqual([["'self'"], undefined, ['data:']])
    expect(policiesOf(new Headers(), '<p>')).toEqual([])
  })
})
