import type { Movement } from '@nobishiro/sdk'
import { useCallback } from 'react'
import { client } from '../../client.ts'
import { Fault } from '../../parts/fault.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Skeleton } from '../../parts/skeleton.tsx'
import { useText } from '../../preferences.ts'
import { useRequest } from '../../use-request.ts'
import { MovementRow } from './movement-row.tsx'
import { MrrHistory } from './mrr-history.tsx'

/** How an account's MRR came to be: a picture, and every change with its ledger lines. */
export function Movements({ id }: { id: string }) {
  const { customer } = useText()
  const load = useCallback(
    async (signal: AbortSignal) => {
      const movements: Movement[] = []
      const orderBy = { field: 'MONTH', direction: 'DESC' } as const
      for await (const movement of client.movements.all(
        { where: { accountIds: [id] }, orderBy, first: 100 },
        { signal },
      )) {
        movements.push(movement)
      }
      return movements
    },
    [id],
  )
  const { data, error, retry } = useRequest(load)
  if (error) return <Fault error={error} retry={retry} />
  if (!data) return <Skeleton lines={6} />
  if (data.length === 0) return <Notice title={customer.noMovements} hint={undefined} />
  return (
    <>
      <MrrHistory movements={data} />
      <section className="card" aria-labelledby="movements">
        <h2 id="movements">{customer.movements}</h2>
        <p className="card-hint">{customer.movementsHint}</p>
        <table className="table movements" aria-labelledby="movements">
          <thead>
            <tr>
              <th scope="col">{customer.month}</th>
              <th scope="col">{customer.kind}</th>
              <th scope="col" className="number">
                {customer.seatsChange}
              </th>
              <th scope="col" className="number">
                {customer.amount}
              </th>
              <th scope="col" className="number">
                {customer.closing}
              </th>
            </tr>
          </thead>
          <tbody>
            {data.map((movement) => (
              <MovementRow key={movement.id} movement={movement} />
            ))}
          </tbody>
        </table>
      </section>
    </>
  )
}
