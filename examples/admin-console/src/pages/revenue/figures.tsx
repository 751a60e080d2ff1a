import type { MetricKey, MetricSeries } from '@nobishiro/sdk'
import { client } from '../../client.ts'
import { useFormat } from '../../format.ts'
import { Fault } from '../../parts/fault.tsx'
import { Skeleton } from '../../parts/skeleton.tsx'
import { useText } from '../../preferences.ts'
import { useRequest } from '../../use-request.ts'

const keys = ['mrr', 'arr', 'seats', 'arpa'] as const satisfies MetricKey[]
const load = (signal: AbortSignal) => client.metrics({ keys: [...keys] }, { signal })

/** Four numbers of the last complete month, each against the month before. */
export function Figures() {
  const text = useText()
  const { data, error, isLoading, retry } = useRequest(load)
  if (error) return <Fault error={error} retry={retry} />
  return (
    <section className="figures" aria-label={text.revenue.figures} aria-busy={isLoading}>
      {keys.map((key, index) => (
        <Figure key={key} label={text.revenue[key]} series={data?.[index]} />
      ))}
    </section>
  )
}

function Figure({ label, series }: { label: string; series: MetricSeries | undefined }) {
  const text = useText()
  const format = useFormat()
  const [before, last] = series?.values.slice(-2) ?? []
  if (!last) return <div className="figure">{series ? '—' : <Skeleton lines={2} />}</div>
  const value = last.money ? format.shortMoney(last.money) : format.count(Number(last.value))
  const change = Number(last.value) / Number(before?.value) - 1
  return (
    <div className="figure">
      <p className="figure-label">{label}</p>
      <p className="figure-value">{value}</p>
      <p className="figure-note">
        {Number.isFinite(change)
          ? text.revenue.sincePrevious(format.percent(change))
          : text.revenue.atClose(format.month(last.period.start))}
      </p>
    </div>
  )
}
