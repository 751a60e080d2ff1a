import { client } from '../../client.ts'
import { useFormat } from '../../format.ts'
import { Fault } from '../../parts/fault.tsx'
import { Skeleton } from '../../parts/skeleton.tsx'
import { useText } from '../../preferences.ts'
import { useRequest } from '../../use-request.ts'

const load = async (signal: AbortSignal) => {
  const [viewer, definitions] = await Promise.all([client.viewer({ signal }), client.definitions({}, { signal })])
  return { viewer, versions: [...new Set(definitions.map(({ version }) => version))] }
}

/** Whose data it is, how far it reaches, and what defines the numbers. */
export function DataStatus() {
  const { settings } = useText()
  const format = useFormat()
  const { data, error, retry } = useRequest(load)
  if (error) return <Fault error={error} retry={retry} />
  if (!data) return <Skeleton lines={6} />
  const { tenant, firstMonth, dataThrough, version } = data.viewer
  return (
    <section className="card" aria-labelledby="data">
      <h2 id="data">{settings.data}</h2>
      <dl className="properties">
        <dt>{settings.tenant}</dt>
        <dd>{tenant.name}</dd>
        <dt>{settings.currency}</dt>
        <dd>{tenant.currency}</dd>
        <dt>{settings.timeZone}</dt>
        <dd>{tenant.timeZone}</dd>
        <dt>{settings.firstMonth}</dt>
        <dd>{firstMonth ? format.month(firstMonth) : settings.none}</dd>
        <dt>{settings.dataThrough}</dt>
        <dd>{dataThrough ? format.day(dataThrough) : settings.none}</dd>
        <dt>{settings.version}</dt>
        <dd>{version}</dd>
        <dt>{settings.definitions}</dt>
        <dd>{data.versions.join(', ')}</dd>
      </dl>
    </section>
  )
}
