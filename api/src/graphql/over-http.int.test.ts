import { serverAudits } from 'graphql-http'
import { describe, expect, it } from 'vitest'
import { aTenant } from '../testing/build.ts'
import { eachDatabase } from '../testing/db.ts'
import { aKey, anApp } from '../testing/query.ts'

/** The audits of the GraphQL over HTTP specification, by its own suite. */
eachDatabase((open) => {
  describe('GraphQL over HTTP', () => {
    it('passes every audit with a key', async () => {
      const db = await open()
      const { tenantId } = await aTenant(db)
      const app = anApp(db)
      const key = await aKey(db, tenantId, ['read'])
      const audits = serverAudits({
        url: 'http://localhost/graphql',
        fetchFn: (url: string, init: RequestInit = {}) => {
          const headers = new Headers(init.headers)
          headers.set('authorization', `Bearer ${key}`)
          return app(new Request(url, { ...init, headers }))
        },
      })
      const results = []
      for (const audit of audits) results.push(await audit.fn())
      expect(results.flatMap((one) => (one.status === 'ok' ? [] : [`${one.id} ${one.name}: ${one.reason}`]))).toEqual(
        [],
      )
      expect(results).toHaveLength(61)
    })
  })
})
