import { expect, it } from 'vitest'
import { seal, unseal } from './seal.ts'

const SECRET = 'one secret that is long enough for anyone'

it('what was sealed opens with the same secret at the same place', () => {
  expect(unseal(seal('whsec_ü', SECRET, 'source:a.stripe'), SECRET, 'source:a.stripe')).toBe('whsec_ü')
})

it('opens nowhere else: another secret, another place, one changed bit', () => {
  const sealed = seal('whsec_1', SECRET, 'source:a.stripe')
  expect(() => unseal(sealed, `${SECRET}!`, 'source:a.stripe')).toThrow()
  expect(() => unseal(sealed, SECRET, 'source:b.stripe')).toThrow()
  for (let index = 0; index < sealed.length; index += 1) {
    const changed = sealed.slice()
    changed[index] = changed[index]! ^ 1
    expect(() => unseal(changed, SECRET, 'source:a.stripe'), `byte ${index}`).toThrow()
  }
})

it('the same text is never sealed the same', () => {
  expect(seal('x', SECRET, 'p')).not.toEqual(seal('x', SECRET, 'p'))
})
