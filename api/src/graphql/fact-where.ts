import type { ExpansionStrategy } from '../facts/kind.ts'
import type { MonthRange } from '../facts/month.ts'
import type { FactWhere } from '../facts/slice.ts'
import { marks } from '../facts/slice.ts'
import { ExpectedError } from '../shared/errors.ts'
import type { Context, Facts } from './context.ts'
import { currencyOf, firstOfMonth } from './fact-args.ts'
import { localIds } from './ids.ts'
import { topsAt } from './level.ts'
import { isAccountViewer } from './viewer.ts'

type List<Item> = readonly Item[] | null | undefined

export type WhereInput = {
  accountIds?: List<string>
  parentIds?: List<string>
  cohort?: List<string | null | undefined>
  region?: List<string>
  planId?: List<string>
  productId?: List<string>
  currency?: List<string>
  strategy?: List<ExpansionStrategy>
  attributes?: List<{ key: string; in: readonly (string | null | undefined)[] }>
}

/** What parents are those of, and whose knowledge counts. */
export type WhereAsked = { range?: MonthRange | undefined; asOf?: Date | null | undefined }

/** What the vendor knows of its accounts and their neighbours is not for one of them to ask about. */
const PRIVATE = ['attributes', 'parentIds'] as const satisfies readonly (keyof WhereInput)[]

/** Filters with our own ids, and sets of accounts made for the store that is asked. */
export async function factWhere(
  where: WhereInput | null | undefined,
  context: Context,
  facts: Facts,
  asked: WhereAsked = {},
): Promise<FactWhere | undefined> {
  if (!where) return undefined
  for (const name of PRIVATE) if (where[name]) refuseToAccounts(`where.${name}`, context)
  return {
    accountIds: localIds('Account', where.accountIds, 'where.accountIds'),
    cohort: where.cohort?.map((day, index) => (day == null ? null : firstOfMonth(day, `where.cohort[${index}]`))),
    region: where.region ?? undefined,
    planId: localIds('Plan', where.planId, 'where.planId'),
    productId: localIds('Product', where.productId, 'where.productId'),
    currency: where.currency?.flatMap((code) => currencyOf(code, 'where.currency') ?? []),
    strategy: where.strategy ?? undefined,
    attributes: where.attributes?.map(({ key, in: values }) => ({ key, in: values.map((value) => value ?? null) })),
    within: where.parentIds ? [await belongingTo(where.parentIds, context, facts, asked)] : undefined,
  }
}

export function refuseToAccounts(what: string, { principal }: Context): void {
  if (isAccountViewer(principal)) throw new ExpectedError('FORBIDDEN', `${what} is not available to an account viewer.`)
}

async function belongingTo(parentIds: readonly string[], context: Context, facts: Facts, asked: WhereAsked) {
  const { ids, indexOf } = facts.store.accounts
  const wanted = marks(ids, localIds('Account', parentIds, 'where.parentIds') ?? [], indexOf)
  return Uint8Array.from(await topsAt(context, facts, asked), (top) => wanted[top]!)
}
