import type { AccountDetail } from '@nobishiro/sdk'
import { useFormat } from '../../format.ts'
import { useText } from '../../preferences.ts'

/** What the customer is subscribed to, item by item. */
export function Subscriptions({ account }: { account: AccountDetail }) {
  const { customer, statuses, customers } = useText()
  const format = useFormat()
  const day = (instant: string) => format.day(instant.slice(0, 10))
  if (account.subscriptions.length === 0) return null
  return (
    <section className="card" aria-labelledby="subscriptions">
      <h2 id="subscriptions">{customer.subscriptions}</h2>
      {account.subscriptions.map((subscription) => (
        <div key={subscription.id} className="subscription">
          <p className="subscription-title">
            <span className={`badge badge-${subscription.status.toLowerCase()}`}>{statuses[subscription.status]}</span>
            <code>{subscription.externalId}</code>
            <span className="muted">
              {subscription.endedAt
                ? customer.fromTo(day(subscription.startedAt), day(subscription.endedAt))
                : customer.from(day(subscription.startedAt))}
            </span>
          </p>
          {subscription.items.length > 0 && (
            <table className="table items" aria-label={`${customer.subscriptions} ${subscription.externalId}`}>
              <thead>
                <tr>
                  <th scope="col">{customer.item}</th>
                  <th scope="col">{customers.region}</th>
                  <th scope="col" className="number">
                    {customer.quantity}
                  </th>
                  <th scope="col" className="number">
                    {customer.mrr}
                  </th>
                </tr>
              </thead>
              <tbody>
                {subscription.items.map((item) => (
                  <tr key={item.id}>
                    <th scope="row">{itemName(item.plan)}</th>
                    <td>{item.region ?? '—'}</td>
                    <td className="number labelled" data-label={customers.seats}>
                      {format.count(item.quantity)}
                    </td>
                    <td className="number amount">{format.money(item.mrr)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </div>
      ))}
    </section>
  )
}

function itemName({ name, product }: { name: string; product: { name: string } }): string {
  return name.includes(product.name) ? name : `${product.name} ${name}`
}
