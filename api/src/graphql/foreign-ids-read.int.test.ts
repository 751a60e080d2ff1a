import type { Database } from '@nobishiro/prisma'
import { type GraphQLInputType, getNamedType, isInputObjectType } from 'graphql'
import { describe, expect, it } from 'vitest'
import type { App } from '../app.ts'
import { eachDatabase } from '../testing/db.ts'
import { type Candidates, everyOperation } from '../testing/every-operation.ts'
import { aPowerfulKey, CANDIDATES, fill, LIMITED } from '../testing/isolation.ts'
import { anApp, query } from '../testing/query.ts'
import { globalId } from './ids.ts'
import { schema } from './schema.ts'

/** Arguments that name something of a tenant, and how an id of the account, or of what it has, is written there. */
const IDS: Record<string, (name: string) => readonly string[]> = {
  id: (name) => [globalId('Account', `stripe:${name}`), globalId('Subscription', `stripe:sub-${name}`)],
  ids: (name) => [globalId('Account', `stripe:${name}`)],
  accountIds: (name) => [globalId('Account', `stripe:${name}`)],
  parentIds: (name) => [globalId('Account', `stripe:${name}`)],
  segmentIds: (name) => [globalId('Segment', name)],
  planId: (name) => [globalId('Plan', `stripe:${name}/${name}`)],
  productId: (name) => [globalId('Product', `stripe:${name}`)],
  externalId: (name) => [name],
}
/** Strings that name a row of a tenant; all of type ID do. */
const NAMES_SOMETHING = /^(id|externalId|sessionId|accountId|accountIds|documentId)$/

/** Names of every argument of a query, inputs included, that takes an id. */
function idsTaken(): string[] {
  const names = (name: string, type: GraphQLInputType, above: readonly string[]): string[] => {
    const named = getNamedType(type)
    if (named.name === 'ID' || (named.name === 'String' && NAMES_SOMETHING.test(name))) return [name]
    if (!isInputObjectType(named) || above.includes(named.name)) return []
    return Object.values(named.getFields()).flatMap((field) => names(field.name, field.type, [...above, named.name]))
  }
  const fields = Object.values(schema.getQueryType()?.getFields() ?? {})
  return fields.flatMap((field) => field.args.flatMap((arg) => names(arg.name, arg.type, [])))
}

it('every argument of a query that takes an id is tried', () => {
  expect([...new Set(idsTaken())].sort()).toEqual(Object.keys(IDS).sort())
})

const operationsWith = (name: string): string[] => {
  const candidates: Candidates = {
    ...CANDIDATES,
    ...Object.fromEntries(Object.entries(IDS).map(([arg, of]) => [arg, of(name)])),
  }
  return everyOperation(schema, candidates).map((operation) => operation.query)
}

/** Answers without what was asked, and without what names the request. */
async function answersOf(app: App, credential: () => Promise<string>, asked: readonly string[], name: string) {
  const spellings = Object.values(IDS).flatMap((of) => of(name))
  const answers: string[] = []
  let token = ''
  for (const [index, text] of asked.entries()) {
    if (index % 50 === 0) token = await credential()
    const { status, data, errors } = await query(app, { token, query: text })
    const plain = JSON.stringify([status, data, errors]).replaceAll(/"requestId":"[^"]*"/g, '')
    answers.push([...spellings, name].reduce((said, id) => said.replaceAll(id, 'ID'), plain))
  }
  return answers
}

eachDatabase((open) => {
  describe('an id that may not be seen, at every argument of every query', () => {
    const viewers: Record<string, { of: (db: Database) => Promise<string>; hidden: readonly string[] }> = {
      'a key of the tenant': { of: (db) => aPowerfulKey(db, 'tenant-a'), hidden: ['foreign'] },
      ...Object.fromEntries(
        Object.entries(LIMITED).map(([name, of]) => [name, { of, hidden: ['sibling', 'foreign'] }]),
      ),
    }

    it('is answered to every viewer as one that nobody has', { timeout: 400_000 }, async () => {
      const db = await open()
      for (const tenantId of ['tenant-a', 'tenant-b'] as const) await fill(db, tenantId)
      const absent = operationsWith('nobody')
      const other = operationsWith('absent')
      const naming = absent.flatMap((text, index) => (text === other[index] ? [] : [index]))
      expect(naming.length).toBeGreaterThan(70)
      const pick = (texts: readonly string[]) => naming.map((index) => texts[index]!)
      for (const [viewer, { of, hidden }] of Object.entries(viewers)) {
        const app = anApp(db) // with allowances of its own
        const expected = await answersOf(app, () => of(db), pick(absent), 'nobody')
        for (const name of hidden) {
          const asked = pick(operationsWith(name))
          const answers = await answersOf(app, () => of(db), asked, name)
          for (const [index, answer] of answers.entries())
            expect(answer, `${viewer}: ${asked[index]}`).toBe(expected[index])
        }
        // It was worth asking: what may be seen is answered otherwise.
        const seen = await answersOf(app, () => of(db), pick(operationsWith('mine')), 'mine')
        expect(seen.filter((answer, index) => answer !== expected[index]).length, viewer).toBeGreaterThan(20)
      }
    })
  })
})
