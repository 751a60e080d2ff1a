import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildStore } from '../facts/build-store.ts'
import { dayOf } from '../facts/month.ts'
import { accountsOf, everyAccount } from '../facts/scope.ts'
import { aStore, HEADER, NOW } from '../facts/testing/a-store.ts'
import { type Ledger, naiveLevelOf, naiveMovements } from '../facts/testing/naive.ts'
import { FIRST, LAST, randomLedger, randomRange, randomScope } from '../facts/testing/random-ledger.ts'
import { movements } from './movement-list.ts'
import { partners } from './partner-list.ts'

type Said = { accountId: string; day: string; partner: string }

/** `a` grows in October under North, in December under South; `b` is nobody's; `c` is North's and never paid. */
const changes: Parameters<typeof aStore>[0] = {
  changes: [
    ['a', '2024-01-05', 10_000],
    ['a', '2024-10-05', 2_000],
    ['a', '2024-12-20', 500],
    ['b', '2024-01-05', 7_000],
  ],
  accounts: [{ id: 'c' }],
  said: [
    ['a', '2024-03-01', { partner: 'North' }],
    ['a', '2024-12-15', { partner: 'South' }],
    ['c', '2024-03-01', { partner: 'North' }],
  ],
}
const list = (range?: { start: number; end: number }) => {
  const store = aStore(changes)
  return partners(store, { scope: everyAccount(store), now: NOW, range })
}

describe('partners', () => {
  it('have what their accounts pay now, and how those grew while they were theirs', () => {
    expect(list().items).toEqual([
      { name: 'South', accounts: 1, payingAccounts: 1, mrr: 12_500n, expansion: 500n, currency: 'USD' },
      { name: 'North', accounts: 1, payingAccounts: 0, mrr: 0n, expansion: 2_000n, currency: 'USD' },
    ])
  })

  it('of the first one named hold from the beginning', () => {
    const store = aStore(changes)
    const page = movements(store, { scope: everyAccount(store), now: NOW, limit: 10 })
    expect(page.items.map(({ account, month, partner }) => [account.id, dayOf(month, 1), partner])).toEqual([
      ['a', '2024-12-01', 'South'],
      ['a', '2024-10-01', 'North'],
      ['a', '2024-01-01', 'North'],
      ['b', '2024-01-01', null],
    ])
  })

  it('of a day are those of the day where the view nets by event', () => {
    const [early, same] = [['a', '2024-12-03', 100] as const, ['a', '2024-12-15', 100] as const]
    const sketch = { ...changes, changes: [...(changes.changes ?? []), early, same] }
    const store = aStore(sketch)
    const page = movements(store, { scope: everyAccount(store), now: NOW, view: { netting: 'EVENT' }, limit: 3 })
    expect(page.items.map(({ day, partner }) => [day, partner])).toEqual([
      [20, 'South'],
      [15, 'South'],
      [3, 'North'],
    ])
  })

  it('are paged, and those of other scopes are not seen', () => {
    const store = aStore(changes)
    const scope = accountsOf(store, ['c'])
    expect(partners(store, { scope, now: NOW }).items.map(({ name }) => name)).toEqual(['North'])
    const second = partners(store, { scope: everyAccount(store), now: NOW, offset: 1, limit: 1 })
    expect([second.total, second.items.map(({ name }) => name)]).toEqual([2, ['North']])
  })

  it('equal a reading account by account of random ledgers', () => {
    const words = fc.array(
      fc.record({
        accountId: fc.constantFrom('a0', 'a1', 'a2', 'a3', 'a4'),
        month: fc.integer({ min: FIRST - 1, max: LAST + 1 }),
        day: fc.integer({ min: 1, max: 28 }),
        partner: fc.constantFrom('North', 'South', ''),
      }),
      { maxLength: 12 },
    )
    fc.assert(
      fc.property(randomLedger, randomScope, words, randomRange, (ledger: Ledger, ids, words, range) => {
        const rows = new Map<string, Said>()
        for (const { accountId, month, day, partner } of words)
          if (ledger.accounts.some(({ id }) => id === accountId))
            rows.set(`${accountId} ${month} ${day}`, { accountId, day: dayOf(month, day), partner })
        const said = [...rows.values()].map(({ partner, ...row }) => ({ ...row, attributes: { partner } }))
        const accounts = ledger.accounts.map((account) => {
          const own = said.filter(({ accountId }) => accountId === account.id).sort((a, b) => (a.day < b.day ? -1 : 1))
          return { ...account, attributes: own.at(-1)?.attributes ?? {} }
        })
        const store = buildStore({ ...HEADER, dataThrough: null, ...ledger, accounts, said })
        const found = partners(store, { scope: accountsOf(store, ids), now: NOW, range })

        const partnerOn = (account: string, day: string) => {
          const own = [...rows.values()].filter((row) => row.accountId === account)
          const inOrder = own.sort((a, b) => (a.day < b.day ? -1 : 1))
          return (inOrder.findLast((row) => row.day <= day) ?? inOrder[0])?.partner ?? ''
        }
        const levels = [...naiveLevelOf(ledger, ids, {}, 2025 * 12)]
        const grown = naiveMovements(ledger, ids, {}, range.start, range.end).filter(({ kind }) => kind === 'EXPANSION')
        const names = [
          ...new Set([...rows.values()].filter((row) => ids.includes(row.accountId)).map((row) => row.partner)),
        ]
        const expected = names.filter(Boolean).map((name) => {
          const held = levels.filter(([account]) => partnerOn(account, '2025-01-15') === name)
          const lastDay = (month: number) => dayOf(month, 31)
          const growth = grown.filter(({ account, month }) => partnerOn(account, lastDay(month)) === name)
          const sum = (values: number[]) => BigInt(values.reduce((total, value) => total + value, 0))
          return {
            name,
            accounts: held.length,
            payingAccounts: held.filter(([, level]) => level > 0).length,
            mrr: sum(held.map(([, level]) => level)),
            expansion: sum(growth.map(({ change }) => change)),
            currency: 'USD',
          }
        })
        const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1)
        expect([...found.items].sort(byName)).toEqual(expected.sort(byName))
      }),
      { numRuns: 200 },
    )
  })
})
