import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aPrice } from '../testing/build.ts'
import { type Evidence, inferCatalog, type SourcePriceRow } from './infer-catalog.ts'

const product = (externalId: string, name = externalId) => ({ source: 's', externalId, name })
const price = (productExternalId: string, amount: string, rest: Partial<SourcePriceRow> = {}): SourcePriceRow => ({
  source: 's',
  externalId: `${productExternalId}-${amount}`,
  productExternalId,
  nickname: null,
  lookupKey: null,
  pricing: aPrice(amount),
  confirmed: null,
  ...rest,
})
const replaced = (first: string, second: string): Evidence => ({
  kind: 'REPLACED',
  first: `s:${first}`,
  second: `s:${second}`,
})
const together = (first: string, second: string): Evidence => ({
  kind: 'HELD_TOGETHER',
  first: `s:${first}`,
  second: `s:${second}`,
})
const shown = (catalog: ReturnType<typeof inferCatalog>) =>
  catalog.products.map(({ id, name }) => [
    name,
    catalog.plans.filter((plan) => plan.product === id).map((plan) => `${plan.rank} ${plan.name}`),
  ])

describe('the catalogue inferred from a billing system', () => {
  it('products that nobody moved between stay apart', () => {
    expect(
      shown(inferCatalog([product('a', 'CRM'), product('b', 'Chat')], [price('a', '100'), price('b', '200')], [])),
    ).toEqual([
      ['CRM', ['1 CRM']],
      ['Chat', ['1 Chat']],
    ])
  })

  it('products that replaced each other are plans of one, ranked by list price', () => {
    const products = [product('a', 'Support Standard'), product('b', 'Support Premium')]
    expect(shown(inferCatalog(products, [price('a', '100'), price('b', '250')], [replaced('a', 'b')]))).toEqual([
      ['Support', ['1 Support Standard', '2 Support Premium']],
    ])
  })

  it('products that somebody held at once are never plans of one', () => {
    const catalog = inferCatalog(
      [product('a'), product('b')],
      [price('a', '100'), price('b', '250')],
      [replaced('a', 'b'), together('a', 'b')],
    )
    expect(catalog.products).toHaveLength(2)
  })

  it('a chain joins only while no two members were held at once', () => {
    const evidence = [replaced('a', 'b'), replaced('a', 'b'), replaced('b', 'c'), together('a', 'c')]
    const catalog = inferCatalog(
      ['a', 'b', 'c'].map((id) => product(id)),
      ['a', 'b', 'c'].map((id) => price(id, '100')),
      evidence,
    )
    expect(catalog.products.map((row) => row.id)).toEqual(['s:a', 's:c'])
  })

  it('prices of one product are plans where a nickname says so, whatever the term', () => {
    const prices = [
      price('a', '1000', { nickname: 'Basic' }),
      price('a', '1800', { nickname: 'Pro monthly' }),
      price('a', '18000', { nickname: 'Pro annual', pricing: aPrice('18000', { interval: 'YEAR' }) }),
    ]
    expect(shown(inferCatalog([product('a', 'CRM')], prices, []))).toEqual([['CRM', ['1 Basic', '2 Pro']]])
  })

  it('plans of equal price have equal rank: moving between them is neither up nor down', () => {
    const prices = [price('a', '1000', { nickname: 'East' }), price('a', '1000', { nickname: 'West', externalId: 'w' })]
    expect(inferCatalog([product('a')], prices, []).plans.map((plan) => plan.rank)).toEqual([1, 1])
  })

  it('what a person confirmed stands', () => {
    const place = { product: 's:crm', plan: 's:crm/gold', rank: 7, kind: 'ADD_ON' as const }
    const catalog = inferCatalog(
      [],
      [price('a', '1000', { confirmed: { ...place, productName: 'CRM', planName: 'Gold' } })],
      [],
    )
    expect(catalog.places.get('s:a-1000')).toEqual(place)
    expect(shown(catalog)).toEqual([['CRM', ['7 Gold']]])
  })

  it.each([
    ['a price per unit', {}, 'LICENCE'],
    ['a price that switches a feature on', { addOn: true }, 'ADD_ON'],
    ['a price by use', { usage: 'METERED' }, 'METERED'],
    ['a price that does not recur', { oneTime: true, addOn: true }, 'SERVICE'],
  ] as const)('%s says what it is', (_, fields, kind) => {
    const row = price('sso', '100', { pricing: aPrice('100', fields) })
    expect([...inferCatalog([product('sso')], [row], []).places.values()]).toMatchObject([{ kind }])
  })

  it('does not depend on the order of rows', () => {
    const products = ['a', 'b', 'c', 'd'].map((id) => product(id))
    const prices = products.flatMap((row, index) => [
      price(row.externalId, String(100 * (index + 1))),
      price(row.externalId, '900', { nickname: 'Top' }),
    ])
    const pair = fc.tuple(fc.constantFrom('a', 'b'), fc.constantFrom('c', 'd'), fc.boolean())
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 8 }), (pairs) => {
        const evidence = pairs.map(([first, second, apart]) =>
          apart ? together(first, second) : replaced(first, second),
        )
        const forward = inferCatalog(products, prices, evidence)
        const backward = inferCatalog([...products].reverse(), [...prices].reverse(), [...evidence].reverse())
        expect([...backward.places].sort()).toEqual([...forward.places].sort())
      }),
    )
  })
})
