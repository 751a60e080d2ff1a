import { useCallback } from 'react'
import { client } from '../../client.ts'
import { Fault } from '../../parts/fault.tsx'
import { Notice } from '../../parts/notice.tsx'
import { PageTitle } from '../../parts/page-title.tsx'
import { Skeleton } from '../../parts/skeleton.tsx'
import { useText } from '../../preferences.ts'
import { hrefs } from '../../route.ts'
import { useRequest } from '../../use-request.ts'
import { CustomerSummary } from './customer-summary.tsx'
import { Movements } from './movements.tsx'
import { Subscriptions } from './subscriptions.tsx'

/** One customer: what they have, and how they came to have it. */
export function CustomerPage({ id }: { id: string }) {
  const { customer } = useText()
  const load = useCallback((signal: AbortSignal) => client.account({ id }, { signal }), [id])
  const { data: account, error, retry } = useRequest(load)
  const back = (
    <a className="back" href={hrefs.customers}>
      <span aria-hidden="true">‹ </span>
      {customer.back}
    </a>
  )
  if (error) {
    return (
      <>
        {back}
        <Fault error={error} retry={retry} />
      </>
    )
  }
  if (account === undefined) {
    return (
      <>
        {back}
        <Skeleton lines={8} />
      </>
    )
  }
  if (account === null) {
    return (
      <>
        {back}
        <Notice title={customer.missing} hint={customer.missingHint} />
      </>
    )
  }
  return (
    <>
      {back}
      <PageTitle title={account.name || customer.erased}>
        <CustomerSummary account={account} />
      </PageTitle>
      <Movements id={account.id} />
      <Subscriptions account={account} />
    </>
  )
}
