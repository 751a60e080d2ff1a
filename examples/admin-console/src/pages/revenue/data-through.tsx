import { client } from '../../client.ts'
import { useFormat } from '../../format.ts'
import { useText } from '../../preferences.ts'
import { useRequest } from '../../use-request.ts'

const load = (signal: AbortSignal) => client.viewer({ signal })

/** How far the numbers reach. Says nothing while it is unknown: the figures below report faults. */
export function DataThrough() {
  const text = useText()
  const format = useFormat()
  const { data } = useRequest(load)
  return <p className="page-subtitle">{data?.dataThrough && text.revenue.subtitle(format.day(data.dataThrough))}</p>
}
