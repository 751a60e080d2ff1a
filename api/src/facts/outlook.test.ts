import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { explain } from '../metrics/explain.ts'
import { monthOf } from './month.ts'
import { outlookByAccount, outlookLevels } from './outlook.ts'
import { accountsOf } from './scope.ts'
import { sliceOf } from './slice.ts'
import { aStore, type Beside, type Change, NOW } from './testing/a-store.ts'

const day = fc.integer({ min: 1, max: 12 }).map((month) => `2024-${String(month).padStart(2, '0')}-05`)
const who = fc.constantFrom('a', 'b', 'c')
const plan = fc.constantFrom('core-basic', 'chat-basic')
const beside: fc.Arbitrary<Beside> = fc
  .record({ who, day, amount: fc.integer({ min: -50, max: 50 }), plan, kind: fc.constantFrom('PENDING', 'TRIAL') })
  .map((row): Beside => [row.who, row.day, row.amount, { plan: row.plan, kind: row.kind as 'PENDING' | 'TRIAL' }])
const change: fc.Arbitrary<Change> = fc
  .record({ who, day, amount: fc.integer({ min: 0, max: 90 }), plan })
  .map((row): Change => [row.who, row.day, row.amount, { plan: row.plan }])
const rows = fc.tuple(fc.array(beside, { maxLength: 9 }), fc.array(change, { maxLength: 9 }))

describe('what stands beside MRR, over a slice', () => {
  it('is the sum of its changes, month by month and account by account', () => {
    fc.assert(
      fc.property(rows, fc.subarray(['a', 'b', 'c']), fc.option(plan), (told, ids, planId) => {
        const [outlook, changes] = told
        const store = aStore({ outlook, changes, plans: [] })
        const where = planId === null ? {} : { planId: [planId] }
        const slice = sliceOf(store, accountsOf(store, ids), where)
        const axis = { first: monthOf('2024-03-01'), length: 8 }
        const levels = outlookLevels(slice, axis)
        for (let place = 0; place < axis.length; place += 1) {
          const month = axis.first + place
          const sum = (kind: string, account?: string) =>
            outlook
              .filter(
                ([id, on, , more]) =>
                  ids.includes(id) &&
                  monthOf(on) <= month &&
                  more?.kind === kind &&
                  (planId === null || more?.plan === planId) &&
                  (account === undefined || id === account),
              )
              .reduce((total, [, , amount]) => total + amount, 0)
          expect([levels.pending[place], levels.trial[place]]).toEqual([sum('PENDING'), sum('TRIAL')])
          const each = outlookByAccount(slice, month)
          for (const id of ids) {
            const at = store.accounts.indexOf.get(id)
            if (at !== undefined)
              expect([each.pending[at], each.trial[at]]).toEqual([sum('PENDING', id), sum('TRIAL', id)])
          }
        }
      }),
    )
  })

  it('is explained by accounts that add up to it, those that pay nothing among them', () => {
    fc.assert(
      fc.property(rows, fc.subarray(['a', 'b', 'c']), fc.constantFrom('committedMrr', 'trialMrr'), (told, ids, key) => {
        const [outlook, changes] = told
        const store = aStore({ outlook, changes })
        const found = explain(store, { key, scope: accountsOf(store, ids), now: NOW, at: monthOf('2024-09-01') })
        expect([found.reconciles, found.difference]).toEqual([true, 0n])
      }),
    )
  })
})
