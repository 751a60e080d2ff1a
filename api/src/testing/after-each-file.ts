import { afterAll, expect } from 'vitest'
import { unspeakable, whatWasSaid } from './what-was-said.ts'

// After each file of tests: nothing that its servers logged or traced is a credential, a secret, or what nobody may see.
afterAll(() => expect(unspeakable(whatWasSaid())).toEqual([]))
