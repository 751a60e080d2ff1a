import {
  type DateRange,
  type DimensionKind,
  type MetricKey,
  type ReportCell,
  type ReportColumn,
  reportOf,
} from '@nobishiro/sdk'
import { useCallback, useState } from 'react'
import { client } from '../../client.ts'
import { useFormat } from '../../format.ts'
import { Choice } from '../../parts/choice.tsx'
import { Fault } from '../../parts/fault.tsx'
import { Skeleton } from '../../parts/skeleton.tsx'
import { usePreferences, useText } from '../../preferences.ts'
import { useRequest } from '../../use-request.ts'

const kinds = ['PLAN', 'PRODUCT', 'REGION', 'COHORT'] as const satisfies readonly DimensionKind[]
const measures = (['mrr', 'nrr', 'grr', 'expansion'] satisfies MetricKey[]).map((key) => ({ key }))
const ROWS = 12

/** Some metrics side by side, a row for each plan, product, region or first paid month; the last row is the whole, not their sum. */
export function Breakdown({ range }: { range: DateRange | undefined }) {
  const { breakdown } = useText().metrics
  const { locale } = usePreferences()
  const [kind, setKind] = useState<(typeof kinds)[number]>('PLAN')
  const load = useCallback(
    (signal: AbortSignal) => reportOf(client, { measures, by: [{ kind }], range, first: ROWS }, { signal }),
    [kind, range],
  )
  const { data, error, isLoading, retry } = useRequest(load)
  return (
    <section className="metric-breakdown" aria-labelledby="breakdown">
      <h2 id="breakdown">{breakdown.title}</h2>
      <div className="toolbar">
        <Choice
          name="by"
          label={breakdown.by}
          value={kind}
          options={kinds.map((value) => ({ value, label: breakdown.kinds[value] }))}
          onChange={setKind}
        />
      </div>
      {error ? <Fault error={error} retry={retry} /> : null}
      {!data && !error && <Skeleton lines={4} />}
      {data && (
        <div className="card">
          <table className="table" aria-labelledby="breakdown" aria-busy={isLoading}>
            <thead>
              <tr>
                {data.columns.map(({ name, label, unit }) => (
                  <th key={name} scope="col" className={unit ? 'number' : undefined}>
                    {label[locale]}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {data.rows.map(({ cells: [first, ...cells] }, row) => (
                <Row
                  key={first?.value ?? row}
                  name={first?.label?.[locale] ?? ''}
                  cells={cells}
                  columns={data.columns}
                />
              ))}
              <Row name={breakdown.all(data.rowCount)} cells={data.totals.slice(1)} columns={data.columns} />
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}

interface RowProps {
  name: string
  cells: readonly ReportCell[]
  columns: readonly ReportColumn[]
}

function Row({ name, cells, columns: [, ...columns] }: RowProps) {
  const { breakdown } = useText().metrics
  const { locale } = usePreferences()
  const format = useFormat()
  return (
    <tr>
      <th scope="row">{name}</th>
      {columns.map((column, place) => {
        const { value } = cells[place] ?? { value: null }
        return (
          <td key={column.name} className="number labelled" data-label={column.label[locale]}>
            {value === null ? <span className="muted">{breakdown.notDefined}</span> : format.measure(value, column)}
          </td>
        )
      })}
    </tr>
  )
}
