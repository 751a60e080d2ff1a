import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { monthlyAmount } from '../../../ledger/level.ts'
import { subscriptionMrr } from './mrr.ts'
import { readStripe } from './stripe.ts'
import { anEvent, toBytes } from './testing.ts'

const root = fileURLToPath(new URL('../../../../..', import.meta.url))
const data = join(root, '../shared/data')
const folder = join(data, 'stripe-events')

const files = existsSync(folder) ? jsonFiles(folder) : []

function jsonFiles(within: string): string[] {
  return readdirSync(within, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

/** Every object inside a value, itself included. */
function objectsIn(value: unknown): Record<string, unknown>[] {
  if (value === null || typeof value !== 'object') return []
  const own = Array.isArray(value) ? [] : [value as Record<string, unknown>]
  return [...own, ...Object.values(value).flatMap(objectsIn)]
}

function at(document: unknown, pointer: string): unknown {
  const keys = pointer.split('/').slice(1)
  return keys.reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], document)
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'))
}

const KINDS = [
  'customer.created',
  'customer.subscription.created',
  'customer.subscription.updated',
  'customer.subscription.deleted',
  'price.updated',
  'plan.created',
  'product.updated',
  'invoice.updated',
  'invoice.voided',
]

it.runIf(process.env['CI'] === 'true')('the published payloads are there in CI', () => {
  expect(files.length).toBeGreaterThan(0)
})

describe.skipIf(files.length === 0)(`published payloads (${relative(dirname(root), folder)})`, () => {
  it('are all here', () => {
    expect(files).toHaveLength(244)
  })

  it.each(files.map((file) => [relative(folder, file), file]))('%s is counted or ignored with a reason', (_, file) => {
    const received = readStripe(new Uint8Array(readFileSync(file)), 'stripe')
    expect(received.externalId).toMatch(/./)
    if (received.ignored === undefined) expect(received.events.length).toBeGreaterThan(0)
    else expect(received.ignored).toMatch(/\.$/)
  })

  it('of customers, subscriptions, prices, plans, products, coupons and schedules are counted', () => {
    const counted = files
      .map((file) => readStripe(new Uint8Array(readFileSync(file)), 'stripe'))
      .filter((received) => received.ignored === undefined)
      .map((received) => received.kind)
    expect([...new Set(counted)].sort()).toEqual([
      'coupon.created',
      'coupon.deleted',
      'customer.created',
      'customer.deleted',
      'customer.subscription.created',
      'customer.subscription.deleted',
      'customer.subscription.updated',
      'customer.updated',
      'invoice.created',
      'invoice.updated',
      'plan.created',
      'plan.deleted',
      'plan.updated',
      'price.created',
      'price.deleted',
      'price.updated',
      'product.created',
      'product.deleted',
      'product.updated',
      'subscription_schedule.canceled',
      'subscription_schedule.created',
      'subscription_schedule.released',
      'subscription_schedule.updated',
    ])
  })

  it('hold no object that crashes the reader, bare or inside an event of any kind we count', () => {
    const objects = files.flatMap((file) => objectsIn(readJson(file)))
    expect(objects.length).toBeGreaterThan(1000)
    for (const object of objects) {
      expect(readStripe(toBytes(object), 'stripe').externalId).toMatch(/./)
      for (const kind of KINDS) expectReadable(anEvent(kind, object))
    }
  })

  it('are priced as the published table says, object by object', () => {
    const [header, ...rows] = readFileSync(join(folder, 'expected/subscription_mrr.csv'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split(','))
    const column = (name: string) => (header ?? []).indexOf(name)
    const priced = rows.map((row) => {
      const file = row[column('file')] ?? ''
      const pointer = row[column('json_path')] ?? ''
      const mrr = subscriptionMrr(at(readJson(join(data, file)), pointer), monthlyAmount)
      return [file, pointer, String(mrr)]
    })
    expect(priced).toEqual(rows.map((row) => ['file', 'json_path', 'mrr_minor'].map((name) => row[column(name)])))
    expect(priced).toHaveLength(9)
  })
})

/** Objects of other kinds may be refused, but only with a message that says where and what is accepted. */
function expectReadable(event: Record<string, unknown>): void {
  try {
    const received = readStripe(toBytes(event), 'stripe')
    expect(received.ignored !== undefined || received.events.length > 0).toBe(true)
  } catch (error) {
    expect(String(error)).toMatch(/^PayloadError: stripe: \$\.data\.object.*accepted: /)
  }
}
