import fc from 'fast-check'
import type { Store } from '../../facts/column-store.ts'
import { expansionStrategies } from '../../facts/kind.ts'
import { firstDayOf, monthOf } from '../../facts/month.ts'
import type { FactWhere } from '../../facts/slice.ts'
import { type Ledger, naiveCohort, type naiveValues } from '../../facts/testing/naive.ts'
import type { Dimension } from '../dimension.ts'
import type { GroupKey } from '../result.ts'

/** Dimensions that any metric can be asked by. */
export const kinds = ['ATTRIBUTE', 'PLAN', 'PRODUCT', 'REGION', 'CURRENCY', 'COHORT', 'PARENT', 'SEGMENT'] as const
type Kind = (typeof kinds)[number]

/** Who belongs to whom, and who is in which segment, of the accounts a0 … a6. */
export type Sets = { tops: number[]; segments: boolean[][] }

export const randomSets: fc.Arbitrary<Sets> = fc.record({
  tops: fc.array(fc.nat(6), { minLength: 7, maxLength: 7 }),
  segments: fc.array(fc.array(fc.boolean(), { minLength: 7, maxLength: 7 }), { minLength: 1, maxLength: 2 }),
})

export function dimensionOf(
  kind: Kind | 'STRATEGY',
  { accounts: { ids } }: Store,
  { tops, segments }: Sets,
): Dimension {
  if (kind === 'ATTRIBUTE') return { kind, key: 'segment' }
  if (kind === 'PARENT') return { kind, tops: Uint32Array.from(ids, (_, account) => tops[account]! % ids.length) }
  if (kind !== 'SEGMENT') return { kind }
  const sets = segments.map((members, place) => ({
    id: `s${place}`,
    name: `Segment ${place}`,
    accounts: Uint8Array.from(ids, (_, account) => (members[account] ? 1 : 0)),
  }))
  return { kind, segments: sets }
}

/** The values of a dimension that accounts or rows have, plainly. */
export function plainValuesOf(kind: Kind, ledger: Ledger, sets: Sets): Parameters<typeof naiveValues>[3] {
  const place = (id: string) => ledger.accounts.findIndex((account) => account.id === id)
  switch (kind) {
    case 'ATTRIBUTE':
      return {
        account: ({ attributes }) => [attributes?.['segment'] === undefined ? null : String(attributes['segment'])],
      }
    case 'COHORT':
      return {
        account: (account) => {
          const month = naiveCohort(ledger, account)
          return [month === null ? null : firstDayOf(month)]
        },
      }
    case 'PARENT':
      return { account: ({ id }) => [`a${sets.tops[place(id)]! % ledger.accounts.length}`] }
    case 'SEGMENT':
      return {
        account: ({ id }) => {
          const within = sets.segments.flatMap((members, index) => (members[place(id)] ? `s${index}` : []))
          return within.length > 0 ? within : [null]
        },
      }
    case 'PLAN':
      return { row: ({ planId }) => planId }
    case 'PRODUCT':
      return { row: ({ planId }) => planId.split('-')[0] ?? null }
    case 'REGION':
      return { row: ({ region }, account) => region || account.region || null }
    case 'CURRENCY':
      return { row: ({ currency }) => currency }
  }
}

/** The filter that says what the keys of a group say. */
export const whereOf = (
  where: FactWhere,
  store: Store,
  by: readonly Dimension[],
  keys: readonly GroupKey[],
): FactWhere => keys.reduce((narrower, key) => narrowed(narrower, store, by, key), where)

function narrowed(
  where: FactWhere,
  { accounts: { ids } }: Store,
  by: readonly Dimension[],
  { dimension, attribute, value }: GroupKey,
): FactWhere {
  const within = (isIn: (account: number) => boolean): FactWhere => ({
    ...where,
    within: [...(where.within ?? []), Uint8Array.from(ids, (_, account) => (isIn(account) ? 1 : 0))],
  })
  const asked = by.find(({ kind }) => kind === dimension)
  if (asked?.kind === 'PARENT') return within((account) => ids[asked.tops[account]!] === value)
  if (asked?.kind === 'SEGMENT') {
    const found = asked.segments.find(({ id }) => id === value)
    return within((account) =>
      found ? found.accounts[account] === 1 : asked.segments.every(({ accounts }) => accounts[account] === 0),
    )
  }
  switch (dimension) {
    case 'ATTRIBUTE':
      return { ...where, attributes: [...(where.attributes ?? []), { key: attribute ?? '', in: [value] }] }
    case 'COHORT':
      return { ...where, cohort: [value === null ? null : monthOf(value)] }
    case 'STRATEGY':
      return { ...where, strategy: expansionStrategies.filter((one) => one === value) }
    case 'PLAN':
      return { ...where, planId: [value ?? ''] }
    case 'PRODUCT':
      return { ...where, productId: [value ?? ''] }
    case 'REGION':
      return { ...where, region: [value ?? ''] }
    default:
      return { ...where, currency: [value ?? ''] }
  }
}
