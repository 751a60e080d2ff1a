import type {
  AccountsQueryVariables,
  MovementsQueryVariables,
  RestatementsQueryVariables,
} from '../generated/graphql.ts'
import type { AccountDetail, AccountPage, MovementPage, RestatementPage } from '../types.ts'
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
