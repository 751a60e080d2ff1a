import { describe, expect, it } from 'vitest'
import { anEvent, iso, read, START } from './testing.ts'

describe('a customer', () => {
  const customer = (object: object, kind = 'customer.created') =>
    read(anEvent(kind, { id: 'cus_1', ...object })).events[0]

  it('becomes an account', () => {
    const object = {
      name: 'Aozora',
      email: 'ops@aozora.example',
      created: START,
      address: { country: 'JP', city: 'Osaka' },
      metadata: { region: 'US', parent: 'cus_0', industry: 'Retail', __proto__: 'x' },
    }
    expect(customer(object)).toEqual({
      type: 'account',
      account: 'cus_1',
      at: iso(START),
      name: 'Aozora',
      region: 'JP',
      parent: 'cus_0',
      signedUpOn: '2023-11-14',
      attributes: { industry: 'Retail' },
    })
  })

  it('without a name goes by metadata, else by id, never by its email address', () => {
    expect(customer({ name: null, metadata: { name: 'Kita' } })).toMatchObject({ name: 'Kita', attributes: {} })
    expect(customer({ email: 'a@b.example', description: 'a@b.example' })).toMatchObject({ name: 'cus_1' })
    expect(JSON.stringify(customer({ email: 'a@b.example', description: 'a@b.example' }))).not.toContain('a@b')
  })

  it('takes the region of the metadata where there is no address', () => {
    expect(customer({ address: null, metadata: { region: 'SG' } })).toMatchObject({ region: 'SG' })
  })

  it('that was deleted says so', () => {
    expect(customer({}, 'customer.deleted')).toMatchObject({ deleted: true })
    expect(customer({})).not.toHaveProperty('deleted')
  })
})

describe('a product', () => {
  it('goes by its name, else by its id', () => {
    expect(read(anEvent('product.updated', { id: 'prod_1', name: 'Core' })).events).toEqual([
      { type: 'product', product: 'prod_1', at: iso(START), name: 'Core' },
    ])
    expect(read(anEvent('product.deleted', { id: 'prod_1' })).events[0]).toMatchObject({
      name: 'prod_1',
      deleted: true,
    })
  })
})
