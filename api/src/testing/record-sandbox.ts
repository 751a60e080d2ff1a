import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { connect } from '@nobishiro/prisma'
import type { TypedDocument } from '@nobishiro/sdk'
import { releasedDocument } from '../access/documents/released.ts'
import type { App } from '../app.ts'
import { DEMO_SEED } from '../simulator/seed-demo.ts'
import { aKey, anApp } from './query.ts'
import { root } from './root.ts'
import { sandboxTenant } from './sandbox-tenant.ts'

// Records the answers of the SDK's sandbox: the real API, over a small tenant, on a day that never changes.
const NOW = new Date('2026-11-22T00:00:00Z')
const END = '2026-11-01'
const sandbox = join(root, 'sdk/src/sandbox')

type Registered = { key: string; windows: number[] }
/** What the SDK wants recorded, as its own file says. */
type Questions = (from: { end: string; accountIds: string[]; metrics: Registered[]; mix: unknown }) => {
  file: string
  document: TypedDocument<unknown, never>
  variables: Record<string, unknown>[]
}[]
const { questions } = (await import(pathToFileURL(join(sandbox, 'questions.ts')).href)) as { questions: Questions }

const db = await connect({ memory: true })
try {
  const tenantId = await sandboxTenant(db, NOW, DEMO_SEED)
  const app = anApp(db, { now: () => NOW })
  const ask = asker(app, await aKey(db, tenantId))
  const accountIds = await accountIdsFrom(ask)
  const metrics = (await ask('{ definitions { key windows } }', {}))['definitions'] as Registered[] // as it was asked
  const parts = '{ strategyMix { months strategies { strategy amounts { minor } total { minor } } } }'
  const mix = (await ask(parts, {}))['strategyMix']
  mkdirSync(join(sandbox, 'generated'), { recursive: true })
  for (const { file, document, variables } of questions({ end: END, accountIds, metrics, mix })) {
    const answers = []
    for (const asked of variables) {
      // The clock stands still, so a key that has spent its allowance gets no more: each question has a key of its own.
      const askOnce = asker(app, await aKey(db, tenantId))
      answers.push({ variables: asked, data: await askOnce(textOf(document), asked) })
    }
    writeFileSync(
      join(sandbox, `generated/${file}.json`),
      `[\n${answers.map((one) => JSON.stringify(one)).join(',\n')}\n]\n`,
    )
  }
} finally {
  await db.close()
}

/** A document of the SDK goes by its hash. */
function textOf(document: TypedDocument<unknown, never>): string {
  const [name, sha256 = ''] = document.toString().split('@')
  const text = releasedDocument(sha256)
  if (text === undefined) throw new Error(`The server does not know ${name}: run pnpm generate`)
  return text
}

type Ask = (query: string, variables: Record<string, unknown>) => Promise<Record<string, unknown>>

/** Asks with the largest page there is unless the question names one: lists are recorded whole. */
function asker(app: App, key: string): Ask {
  return async (query, variables) => {
    const body = JSON.stringify({
      query,
      variables: query.includes('$first') ? { first: 500, ...variables } : variables,
    })
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
    const response = await app(new Request('http://sandbox/graphql', { method: 'POST', headers, body }))
    // The database's own clock stamps what it stores; the recording has one time only.
    const text = (await response.text()).replace(/("recordedAt":)"[^"]*"/g, `$1"${NOW.toISOString()}"`)
    const { data, errors } = JSON.parse(text) as { data: Record<string, unknown>; errors?: unknown }
    if (errors) throw new Error(`${JSON.stringify(variables)}: ${JSON.stringify(errors)}`)
    if (JSON.stringify(data).includes('"hasNextPage":true')) throw new Error(`More than a page: ${query.slice(0, 40)}`)
    return data
  }
}

async function accountIdsFrom(ask: Ask): Promise<string[]> {
  const { accounts } = await ask('query ($first: Int) { accounts(first: $first) { edges { node { id } } } }', {})
  return (accounts as { edges: { node: { id: string } }[] }).edges.map(({ node }) => node.id)
}
