import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Duck, duckOf } from './duck.ts'
import { largeTenant } from './large-tenant.ts'
import { questions } from './questions.ts'

const tenant = largeTenant(400)
let duck: Duck

beforeAll(async () => {
  duck = await duckOf(tenant.points)
})
afterAll(() => duck.close())

it.each(questions)('another database gives the same answer: $name', async ({ ours, sql }) => {
  const found = ours(tenant.store, tenant.now)
  expect(found.length).toBeGreaterThan(30)
  expect(found).toEqual(await duck.ask(sql))
})
