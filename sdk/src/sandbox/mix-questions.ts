import type { ExpansionStrategy, ExplainQueryVariables } from '../generated/graphql.ts'

/** The sample tenant's expansion by strategy, as far as it says what can be pointed at. */
export interface SampleMix {
  months: string[]
  strategies: { strategy: ExpansionStrategy; amounts: { minor: string }[]; total: { minor: string } }[]
}

/** The size of a strategy's total, in minor units. */
function size({ total }: SampleMix['strategies'][number]): bigint {
  const minor = BigInt(total.minor)
  return minor < 0n ? -minor : minor
}

/** What opens each month of the mix, each strategy in it, and those beyond the fourth as one; of the last month also without its name. */
export function mixQuestions({ months, strategies }: SampleMix): ExplainQueryVariables[] {
  const any = strategies.filter(({ amounts }) => amounts.some(({ minor }) => minor !== '0'))
  const rest = any.toSorted((a, b) => Number(size(b) - size(a))).slice(4)
  return months.flatMap((month, index) => {
    const moved = (some: SampleMix['strategies']) => some.filter(({ amounts }) => amounts[index]?.minor !== '0')
    const single = moved(any.filter((one) => !rest.includes(one))).map(({ strategy }) => [strategy])
    const parts = moved(rest).length > 0 ? [...single, rest.map(({ strategy }) => strategy)] : single
    const wheres = parts.map((strategy) => ({ where: { strategy } }))
    const named = [{}, ...wheres].map((where) => ({ at: month, ...where }))
    const asked = index === months.length - 1 ? [...named, ...wheres] : named
    return asked.map((one) => ({ metric: 'expansion', first: 100, ...one }))
  })
}
