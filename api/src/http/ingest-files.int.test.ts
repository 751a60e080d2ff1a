import type { Database } from '@nobishiro/prisma'
import { expect, it } from 'vitest'
import { createAuthenticator } from '../access/authenticate.ts'
import { createTenant } from '../ingest/files/testing/import-text.ts'
import { ACCOUNTS, nothing, SUBSCRIPTIONS, see } from '../ingest/files/testing/sample.ts'
import { untraced } from '../shared/trace.ts'
import { eachDatabase } from '../testing/db.ts'
import { aKey, anApp, query } from '../testing/query.ts'
import { ingestFilesHandler } from './ingest-files.ts'

const NOW = () => new Date('2026-11-22T00:00:00Z')

type Upload = { token: string; search: string; type?: string }
const request = (body: string, { token, search, type = 'text/csv' }: Upload) =>
  new Request(`http://localhost/ingest/files?${search}`, {
    method: 'POST',
    body,
    headers: { authorization: `Bearer ${token}`, 'content-type': type },
  })

function uploader(db: Database, token: string) {
  const app = anApp(db)
  return async (body: string, search: string, type?: string) => {
    const response = await app(request(body, { token, search, ...(type ? { type } : {}) }))
    return { status: response.status, json: await response.json() }
  }
}

eachDatabase((open) => {
  it('files go through the importer of the command line, once', async () => {
    const db = await open()
    await createTenant(db)
    const upload = uploader(db, await aKey(db, 'acme', ['ingest']))
    const accounts = await upload(ACCOUNTS, 'kind=accounts')
    expect([accounts.status, accounts.json.outcome, accounts.json.total.new]).toEqual([200, 'IMPORTED', 2])
    expect((await upload(SUBSCRIPTIONS, 'kind=subscriptions&through=2024-06-30')).json).toMatchObject({
      outcome: 'IMPORTED',
    })
    expect((await upload(SUBSCRIPTIONS, 'kind=subscriptions')).json).toMatchObject({ outcome: 'NOTHING_NEW' })
    expect(await see(db, (tx) => tx.ledgerLine.count())).toBeGreaterThan(0)
  })

  it('one bad row refuses the file with line, column and value, unless sound rows are accepted', async () => {
    const db = await open()
    await createTenant(db)
    const upload = uploader(db, await aKey(db, 'acme', ['ingest']))
    const file = 'account,name,signedUpOn\nA-1,Acme,2024-01-01\nA-2,Bolt,yesterday\n'
    const refused = await upload(file, 'kind=accounts')
    const problem = { file: 'accounts.csv', line: 3, column: 'signedUpOn', value: 'yesterday' }
    expect([refused.status, refused.json.problems]).toEqual([400, [expect.objectContaining(problem)]])
    expect(await nothing(db)).toEqual([0, 0, 0, 0])
    const accepted = await upload(file, 'kind=accounts&acceptValid=true')
    expect([accepted.status, accepted.json.total]).toEqual([200, expect.objectContaining({ new: 1, rejected: 1 })])
    expect(await see(db, (tx) => tx.account.count())).toBe(1)
  })

  it('what is too large while it streams, or not said, leaves nothing', async () => {
    const db = await open()
    await createTenant(db)
    const token = await aKey(db, 'acme', ['ingest'])
    const upload = uploader(db, token)
    const cases: [string, string, string | undefined, number, string][] = [
      [ACCOUNTS, '', undefined, 400, 'Say what the file holds with ?kind=: accounts, subscriptions'],
      [ACCOUNTS, 'kind=deals', undefined, 400, '"deals" is no kind of "csv"'],
      [ACCOUNTS, 'kind=accounts&mapping=sap', undefined, 400, 'There is no mapping "sap"'],
      [ACCOUNTS, 'kind=usage&mapping=recurly', undefined, 400, '"usage" is no kind of "recurly"'],
      [ACCOUNTS, 'kind=accounts&through=soon', undefined, 400, '"soon" is not a day'],
      [ACCOUNTS, 'kind=accounts', 'text/plain', 415, 'content-type: text/csv'],
    ]
    for (const [body, search, type, status, message] of cases) {
      const answer = await upload(body, search, type)
      expect([answer.status, answer.json.errors[0].message]).toEqual([status, expect.stringContaining(message)])
    }
    const small = ingestFilesHandler({
      db,
      authenticate: createAuthenticator({ db, now: NOW }),
      now: NOW,
      trace: untraced,
      limit: 30,
    })
    await expect(small(request(ACCOUNTS, { token, search: 'kind=accounts' }), { requestId: 'r' })).rejects.toThrow(
      'larger than 30 bytes',
    )
    expect(await nothing(db)).toEqual([0, 0, 0, 0])
  })

  it('observations are read by account, page by page, and not by its own people', async () => {
    const db = await open()
    await createTenant(db)
    const upload = uploader(db, await aKey(db, 'acme', ['ingest']))
    await upload(ACCOUNTS, 'kind=accounts')
    await upload('account,feature,day\nA-1,a,2024-01-01\nA-1,b,2024-02-01\nA-1,c,2024-03-01\n', 'kind=features')
    await upload('account,invoice,day,name,amount,currency\nA-1,I,2024-01-05,Set-up,12.50,USD\n', 'kind=invoice-lines')
    const app = anApp(db)
    const token = await aKey(db, 'acme')
    const ask = (args: string) =>
      query(app, {
        token,
        query: `{ accounts(first: 2) { edges { node { externalId observations${args} { totalCount pageInfo { endCursor hasNextPage } edges { node { kind day name amount { amount } } } } } } } }`,
      })
    const first = (await ask('(kind: FEATURE, first: 2)')).data as {
      accounts: { edges: { node: { observations: { pageInfo: { endCursor: string } } } }[] }
    }
    expect(first.accounts.edges.map(({ node }) => node)).toMatchObject([
      {
        externalId: 'A-1',
        observations: {
          totalCount: 3,
          pageInfo: { hasNextPage: true },
          edges: [{ node: { name: 'c', day: '2024-03-01', amount: null } }, { node: { name: 'b' } }],
        },
      },
      { externalId: 'A-2', observations: { totalCount: 0, edges: [] } },
    ])
    const after = first.accounts.edges[0]?.node.observations.pageInfo.endCursor
    expect((await ask(`(kind: FEATURE, first: 2, after: "${after}")`)).text).toContain('"name":"a"')
    expect((await ask('')).text).toContain(
      '{"kind":"INVOICE_LINE","day":"2024-01-05","name":"Set-up","amount":{"amount":"12.50"}}',
    )
  })
})
