import type { Tx } from '@nobishiro/prisma'
import { readSegments } from '../segments/read-segments.ts'
import { checkRule, type RuleInput, type SegmentRule } from '../segments/rule.ts'
import { invalidInput } from './invalid-input.ts'

/**
 * Account ids of the tenant; each may be given as the account's id or as the id its source knows. Where `among` is given, any other is answered
 * as one that nobody has.
 */
export async function resolveAccounts(
  tx: Tx,
  tenantId: string,
  given: readonly string[],
  { field = 'input.accountIds', among }: { field?: string; among?: readonly string[] | undefined } = {},
): Promise<string[]> {
  if (given.length === 0) return []
  const list = [...new Set(given)]
  const found = await tx.account.findMany({
    where: {
      tenantId,
      OR: [{ id: { in: list } }, { externalId: { in: list } }],
      ...(among && { AND: { id: { in: [...among] } } }),
    },
    select: { id: true, externalId: true },
  })
  return list.map((name) => {
    const byId = found.filter((account) => account.id === name)
    const matches = byId.length > 0 ? byId : found.filter((account) => account.externalId === name)
    if (matches.length === 1) return matches[0]!.id
    throw invalidInput(
      field,
      matches.length === 0
        ? `"${name}" is not an account of this tenant.`
        : `"${name}" names several accounts: ${matches.map((match) => match.id).join(', ')}.`,
    )
  })
}

/** Ids of segments that are saved now. They are the vendor's own: to a partner none is there. */
export async function resolveSegments(
  tx: Tx,
  tenantId: string,
  given: readonly string[],
  { field = 'input.segmentIds', isPartner = false }: { field?: string; isPartner?: boolean } = {},
): Promise<string[]> {
  if (given.length === 0) return []
  const saved = isPartner ? [] : (await readSegments(tx, tenantId)).map(({ id }) => id)
  return known('segment', saved, [...new Set(given)], field)
}

/** The rule that was written, with ids of this tenant alone: under a "not", one that nobody has would let everything through. */
export async function resolveRule(tx: Tx, tenantId: string, input: RuleInput, field: string): Promise<SegmentRule> {
  const { currency } = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId }, select: { currency: true } })
  const resolve = async (rule: SegmentRule): Promise<SegmentRule> => {
    if ('all' in rule) return { all: await Promise.all(rule.all.map(resolve)) }
    if ('any' in rule) return { any: await Promise.all(rule.any.map(resolve)) }
    if ('not' in rule) return { not: await resolve(rule.not) }
    if ('accountIds' in rule) return { accountIds: await resolveAccounts(tx, tenantId, rule.accountIds, { field }) }
    if ('planId' in rule) {
      const plans = await tx.plan.findMany({ where: { tenantId }, select: { id: true } })
      return { planId: known('plan', idsOf(plans), rule.planId, field) }
    }
    if ('productId' in rule) {
      const products = await tx.product.findMany({ where: { tenantId }, select: { id: true } })
      return { productId: known('product', idsOf(products), rule.productId, field) }
    }
    return rule
  }
  return resolve(checkRule(input, currency, field))
}

const idsOf = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id)

function known(what: string, ids: readonly string[], given: readonly string[], field: string): string[] {
  const stranger = given.find((id) => !ids.includes(id))
  if (stranger !== undefined) throw invalidInput(field, `"${stranger}" is not a ${what} of this tenant.`)
  return [...given]
}
