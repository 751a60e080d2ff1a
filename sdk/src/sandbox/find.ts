import type {
  AccountsQueryVariables,
  MetricCardsQueryVariables,
  MovementsQueryVariables,
  RestatementsQueryVariables,
} from '../generated/graphql.ts'
import type { AccountDetail, AccountPage, MetricCard, MovementPage, RestatementPage } from '../types.ts'
import { canonical } from './canonical.ts'
import { accountsFrom, movementsFrom } from './lists.ts'
import type { Recorded } from './recorded.ts'

type Find = (answers: Recorded[], variables: object) => object | null

/** Lists are recorded whole and narrowed to what is asked; the recorder fixes the types that are named here. */
const finders: Record<string, Find> = {
  Accounts: ([all], variables) => {
    const page = all && accountsFrom(all.data['accounts'] as AccountPage, variables as AccountsQueryVariables)
    return page ? { accounts: page } : null
  },
  Movements: ([all], variables) => {
    if (!all) return null
    const list = all.data['revenueMovements'] as MovementPage
    const page = movementsFrom(list, all.variables, variables as MovementsQueryVariables)
    return page ? { revenueMovements: page } : null
  },
  Restatements: ([all], variables) => {
    if (!all) return null
    const { range } = variables as RestatementsQueryVariables
    const list = all.data['restatements'] as RestatementPage
    const edges = list.edges.filter(({ node }) => !range || (node.month >= range.start && node.month < range.end))
    return { restatements: { ...list, edges, totalCount: edges.length } }
  },
  MetricCards: (answers, variables) => {
    const { keys, ...rest } = variables as MetricCardsQueryVariables
    const asked = canonical(rest)
    const series = answers.flatMap(({ variables: { keys: _keys, ...held }, data }) =>
      canonical(held) === asked ? (data['metrics'] as MetricCard[]) : [],
    )
    const wanted = [keys].flat()
    const found = wanted.flatMap((key) => series.find(({ definition }) => definition.key === key) ?? [])
    return found.length === wanted.length ? { metrics: found } : null
  },
  Account: (answers, variables) => {
    const { id, externalId } = variables as { id?: string; externalId?: string }
    const isAsked = (account: AccountDetail) => account.id === id || account.externalId === externalId
    return answers.find(({ data }) => isAsked(data['account'] as AccountDetail))?.data ?? { account: null }
  },
}

function exact(answers: Recorded[], variables: object): object | null {
  const key = canonical(variables)
  return answers.find((answer) => canonical(answer.variables) === key)?.data ?? null
}

/** The recorded answer to an operation with these variables; null when there is none. */
export function find(operation: string, answers: Recorded[], variables: object): object | null {
  return (finders[operation] ?? exact)(answers, variables)
}
