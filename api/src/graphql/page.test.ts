import { describe, expect, it } from 'vitest'
import type { KeyPrincipal } from '../access/principal.ts'
import { WHOLE_TENANT } from '../access/viewer.ts'
import { connection, type PageArgs } from './page.ts'

const key: KeyPrincipal = {
  kind: 'KEY',
  tenantId: 'acme',
  id: 'k',
  viewer: WHOLE_TENANT,
  scopes: ['read'],
  expiresAt: null,
}
const letters = [...'abcdefgh']
const page = (args: PageArgs) =>
  connection(args, key, ({ offset, limit }) => ({
    items: letters.slice(offset, offset + limit),
    total: letters.length,
  }))
const rows = (args: PageArgs) =>
  page(args)
    .edges.map(({ node }) => node)
    .join('')
const cursorOf = (letter: string) => page({}).edges.find(({ node }) => node === letter)!.cursor

describe('a page of a list', () => {
  it('goes forward and backward by cursors', () => {
    expect(rows({ first: 3 })).toBe('abc')
    expect(rows({ first: 3, after: cursorOf('c') })).toBe('def')
    expect(rows({ first: 3, after: cursorOf('h') })).toBe('')
    expect(rows({ last: 2 })).toBe('gh')
    expect(rows({ last: 2, before: cursorOf('c') })).toBe('ab')
    expect(rows({ last: 5, after: cursorOf('f') })).toBe('gh')
    expect(rows({ first: 5, before: cursorOf('c') })).toBe('ab')
    expect(rows({ first: 0 })).toBe('')
  })

  it('says where it stands', () => {
    expect(page({ first: 3 }).pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false })
    expect(page({ first: 3, after: cursorOf('e') }).pageInfo).toMatchObject({
      hasNextPage: false,
      hasPreviousPage: true,
    })
    expect(page({ first: 0 })).toMatchObject({ totalCount: 8, pageInfo: { startCursor: null, endCursor: null } })
  })

  it.each([
    [{ first: 501 }, 'first', 'at most 500'],
    [{ first: -1 }, 'first', 'at least 0'],
    [{ last: 501 }, 'last', 'at most 500'],
    [{ first: 1, last: 1 }, 'first', 'cannot be combined'],
    [{ after: 'nonsense' }, 'after', 'not a cursor'],
    [{ before: 'b2Zmc2V0OjE=' }, 'before', 'not a cursor'],
  ])('%j is refused', (args, field, message) => {
    expect(() => page(args)).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', field, message: expect.stringContaining(message) }),
    )
  })

  it('is smaller for a session', () => {
    const session = {
      kind: 'SESSION',
      tenantId: 'a',
      id: 's',
      viewer: WHOLE_TENANT,
      capabilities: [],
      origins: [],
      expiresAt: new Date(),
    } as const
    expect(() => connection({ first: 101 }, session, () => ({ items: [], total: 0 }))).toThrow('at most 100')
  })
})
