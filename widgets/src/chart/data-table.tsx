import type { Table } from './table.ts'

/** The chart as a table: hidden for the eye until asked for, always there for a screen reader. */
export function DataTable({ table, isVisible }: { table: Table; isVisible: boolean }) {
  return (
    <div className={isVisible ? 'nobishiro-table-frame' : 'nobishiro-hidden'}>
      <table className="nobishiro-table">
        <caption className="nobishiro-hidden">{table.caption}</caption>
        <thead className="nobishiro-table-head">
          <tr className="nobishiro-row">
            {table.columns.map(({ label, isNumber }) => (
              <th
                key={label}
                scope="col"
                className={isNumber ? 'nobishiro-column nobishiro-number' : 'nobishiro-column'}
              >
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="nobishiro-table-body">
          {table.rows.map((row, rowIndex) => (
            <tr key={rowIndex} className="nobishiro-row">
              {row.map((cell, index) =>
                index === 0 ? (
                  <th key={index} scope="row" className="nobishiro-cell nobishiro-row-name">
                    {cell}
                  </th>
                ) : (
                  <td
                    key={index}
                    className={table.columns[index]?.isNumber ? 'nobishiro-cell nobishiro-number' : 'nobishiro-cell'}
                  >
                    {cell}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
