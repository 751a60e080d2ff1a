import type { AccountDetail } from '@nobishiro/sdk'
import { useFormat } from '../../format.ts'
import { useText } from '../../preferences.ts'
import { hrefs } from '../../route.ts'

/** Since when, where, and what they have now. */
export function CustomerSummary({ account }: { account: AccountDetail }) {
  const { customer } = useText()
  const format = useFormat()
  const { industry, segment, manager } = account.attributes // what Hibiki sends with its customers
  const facts = [
    account.firstPaidMonth && customer.since(format.month(account.firstPaidMonth)),
    account.signedUpOn && customer.signedUp(format.day(account.signedUpOn)),
    account.region,
    industry,
    segment,
    manager && customer.managedBy(String(manager)),
  ].filter(Boolean)
  return (
    <>
      <p className="page-subtitle">{facts.join(' · ')}</p>
      {account.parent && (
        <p className="page-subtitle">
          <a href={hrefs.customer(account.parent.id)}>{customer.belongsTo(account.parent.name)}</a>
        </p>
      )}
      <dl className="figures">
        <div className="figure">
          <dt className="figure-label">{customer.mrr}</dt>
          <dd className="figure-value">{format.money(account.mrr)}</dd>
        </div>
        <div className="figure">
          <dt className="figure-label">{customer.seats}</dt>
          <dd className="figure-value">{format.count(account.seats)}</dd>
        </div>
        <div className="figure">
          <dt className="figure-label">{customer.plan}</dt>
          <dd className="figure-value figure-words">{account.plans.map(({ name }) => name).join(', ') || '—'}</dd>
        </div>
      </dl>
    </>
  )
}
