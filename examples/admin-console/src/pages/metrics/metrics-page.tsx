import type { Compare, MetricDefinition } from '@nobishiro/sdk'
import { MetricCard, NobishiroProvider } from '@nobishiro/widgets'
import '@nobishiro/widgets/styles.css'
import { useMemo, useState } from 'react'
import { client, fetchSession, url } from '../../client.ts'
import { Choice } from '../../parts/choice.tsx'
import { Fault } from '../../parts/fault.tsx'
import { PageTitle } from '../../parts/page-title.tsx'
import { Skeleton } from '../../parts/skeleton.tsx'
import { usePreferences, useText } from '../../preferences.ts'
import { useRequest } from '../../use-request.ts'
import { Breakdown } from './breakdown.tsx'
import { lastMonths } from './months.ts'

const periods = ['12', '24', '36'] as const
const comparisons = ['PREVIOUS', 'YEAR_AGO'] as const satisfies readonly Compare[]

const load = async (signal: AbortSignal) => {
  const [definitions, viewer] = await Promise.all([client.definitions({}, { signal }), client.viewer({ signal })])
  return { definitions, through: viewer.dataThrough }
}

/** A card of every metric that the API has registered, under what it is about. Their numbers come in one request. */
export default function MetricsPage() {
  const text = useText()
  const { locale, theme } = usePreferences()
  const [period, setPeriod] = useState<(typeof periods)[number]>('12')
  const [compare, setCompare] = useState<Compare>('PREVIOUS')
  const { data, error, retry } = useRequest(load)
  const through = data?.through
  const range = useMemo(() => (through ? lastMonths(through, Number(period)) : undefined), [through, period])
  return (
    <>
      <PageTitle title={text.metrics.title}>
        <p className="page-subtitle">{data && text.metrics.subtitle(data.definitions.length)}</p>
      </PageTitle>
      <div className="toolbar">
        <Choice
          name="period"
          label={text.metrics.period}
          value={period}
          options={periods.map((value) => ({ value, label: text.metrics.months(value) }))}
          onChange={setPeriod}
        />
        <Choice
          name="compare"
          label={text.metrics.compare}
          value={compare}
          options={comparisons.map((value) => ({ value, label: text.metrics.comparisons[value] }))}
          onChange={setCompare}
        />
      </div>
      {error ? <Fault error={error} retry={retry} /> : null}
      {!data && !error && <Skeleton lines={6} />}
      {data && (
        <NobishiroProvider session={fetchSession} url={url} locale={locale} theme={theme} range={range} live>
          {topicsOf(data.definitions).map(([topic, definitions]) => (
            <section key={topic} className="metric-topic" aria-labelledby={`topic-${topic}`}>
              <h2 id={`topic-${topic}`}>{text.metrics.topics[topic]}</h2>
              <div className="metric-cards">
                {definitions.map(({ key }) => (
                  <MetricCard key={key} metric={key} compare={compare} />
                ))}
              </div>
            </section>
          ))}
        </NobishiroProvider>
      )}
      {data && <Breakdown range={range} />}
    </>
  )
}

/** Metrics by what they are about, in the order in which the API lists them. */
function topicsOf(definitions: readonly MetricDefinition[]) {
  const topics = new Map<MetricDefinition['topic'], MetricDefinition[]>()
  for (const definition of definitions)
    topics.set(definition.topic, [...(topics.get(definition.topic) ?? []), definition])
  return [...topics]
}
