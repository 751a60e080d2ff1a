import { useState } from 'react'
import { useFormat } from '../../format.ts'
import { Fault } from '../../parts/fault.tsx'
import { Notice } from '../../parts/notice.tsx'
import { PageTitle } from '../../parts/page-title.tsx'
import { Skeleton } from '../../parts/skeleton.tsx'
import { useText } from '../../preferences.ts'
import { CustomersTable } from './customers-table.tsx'
import { type Question, useAccounts } from './use-accounts.ts'
import { useDebounced } from './use-debounced.ts'

/** Every customer: found by name, sorted by what they pay. */
export function CustomersPage() {
  const text = useText()
  const format = useFormat()
  const [search, setSearch] = useState('')
  const [isPaying, setIsPaying] = useState(true)
  const [orderBy, setOrderBy] = useState<Question['orderBy']>({ field: 'MRR', direction: 'DESC' })
  const asked = useDebounced(search.trim())
  const { data, error, isLoading, retry, more } = useAccounts({ search: asked, isPaying, orderBy })

  return (
    <>
      <PageTitle title={text.customers.title}>
        <p className="page-subtitle" role="status">
          {data &&
            (data.next
              ? text.customers.countOf(format.count(data.accounts.length), format.count(data.total))
              : text.customers.count(format.count(data.total)))}
        </p>
      </PageTitle>
      <div className="toolbar">
        <input
          type="search"
          className="search"
          placeholder={text.customers.search}
          aria-label={text.customers.search}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <label className="check">
          <input type="checkbox" checked={isPaying} onChange={(event) => setIsPaying(event.target.checked)} />
          {text.customers.payingOnly}
        </label>
      </div>
      {error ? (
        <Fault error={error} retry={retry} />
      ) : !data ? (
        <Skeleton lines={10} />
      ) : data.accounts.length > 0 ? (
        <CustomersTable accounts={data.accounts} isLoading={isLoading} orderBy={orderBy} onOrder={setOrderBy} />
      ) : asked ? (
        <Notice
          title={text.customers.noMatch(asked)}
          hint={text.customers.noMatchHint}
          action={{ label: text.customers.clear, run: () => setSearch('') }}
        />
      ) : (
        <Notice title={text.customers.none} hint={text.customers.noneHint} />
      )}
      {!error && data?.next && (
        <button type="button" className="button more" onClick={more} disabled={isLoading}>
          {text.customers.more}
        </button>
      )}
    </>
  )
}
