import type { Account, AccountOrder } from '@nobishiro/sdk'
import { useCallback, useState } from 'react'
import { client } from '../../client.ts'
import { type Loaded, useRequest } from '../../use-request.ts'

export interface Question {
  search: string
  isPaying: boolean
  orderBy: Required<AccountOrder>
}

export interface Accounts {
  accounts: Account[]
  total: number
  /** Cursor of the next page; null at the end. */
  next: string | null
}

const none: Account[] = []

/** The customers that a question finds; `more` adds the next page to them. */
export function useAccounts({ search, isPaying, orderBy }: Question): Loaded<Accounts> & { more: () => void } {
  const { field, direction } = orderBy
  const key = `${field} ${direction} ${isPaying} ${search}`
  const [reached, setReached] = useState<{ key: string; after: string | null; accounts: Account[] } | null>(null)
  const { after, accounts } = reached?.key === key ? reached : { after: null, accounts: none }

  const load = useCallback(
    async (signal: AbortSignal): Promise<Accounts> => {
      const where = { ...(search && { search }), ...(isPaying && { paying: true }) }
      const page = await client.accounts.page({ where, orderBy: { field, direction }, first: 25, after }, { signal })
      return {
        accounts: [...accounts, ...page.edges.map(({ node }) => node)],
        total: page.totalCount,
        next: page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null,
      }
    },
    [search, isPaying, field, direction, after, accounts],
  )
  const loaded = useRequest(load)
  const more = () => loaded.data && setReached({ key, after: loaded.data.next, accounts: loaded.data.accounts })
  return { ...loaded, more }
}
