import type { Account, AccountOrder } from '@nobishiro/sdk'
import { useFormat } from '../../format.ts'
import { useText } from '../../preferences.ts'
import { hrefs } from '../../route.ts'
import { SortHeader } from './sort-header.tsx'

export interface CustomersTableProps {
  accounts: readonly Account[]
  isLoading: boolean
  orderBy: Required<AccountOrder>
  onOrder: (orderBy: Required<AccountOrder>) => void
}

export function CustomersTable({ accounts, isLoading, orderBy, onOrder }: CustomersTableProps) {
  const { customers } = useText()
  const sort = { orderBy, onOrder }
  return (
    <table className="table customers" aria-busy={isLoading} aria-label={customers.title}>
      <thead>
        <tr>
          <SortHeader field="NAME" label={customers.name} {...sort} />
          <th scope="col">{customers.plan}</th>
          <th scope="col">{customers.region}</th>
          <SortHeader field="SEATS" label={customers.seats} isNumber {...sort} />
          <SortHeader field="MRR" label={customers.mrr} isNumber {...sort} />
          <th scope="col">{customers.since}</th>
        </tr>
      </thead>
      <tbody>
        {accounts.map((account) => (
          <CustomerRow key={account.id} account={account} />
        ))}
      </tbody>
    </table>
  )
}

function CustomerRow({ account }: { account: Account }) {
  const { customers, customer } = useText()
  const format = useFormat()
  const isPaying = account.mrr.minor !== '0'
  const plans = account.plans.map(({ name }) => name).join(', ')
  return (
    <tr>
      <th scope="row">
        <a href={hrefs.customer(account.id)}>{account.name || customer.erased}</a>
      </th>
      <td>{plans || '—'}</td>
      <td className="wide">{account.region ?? '—'}</td>
      <td className="number labelled" data-label={customers.seats}>
        {format.count(account.seats)}
      </td>
      <td className="number amount">
        {isPaying ? format.money(account.mrr) : <span className="muted">{customers.notPaying}</span>}
      </td>
      <td className="wide">
        {account.firstPaidMonth ? (
          format.month(account.firstPaidMonth)
        ) : (
          <span className="muted">{customers.neverPaid}</span>
        )}
      </td>
    </tr>
  )
}
