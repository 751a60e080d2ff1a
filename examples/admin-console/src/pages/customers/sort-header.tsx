import type { AccountOrder } from '@nobishiro/sdk'

export interface SortHeaderProps {
  field: AccountOrder['field']
  label: string
  isNumber?: boolean
  orderBy: Required<AccountOrder>
  onOrder: (orderBy: Required<AccountOrder>) => void
}

/** The head of a column that sorts: first the way that is usually wanted, then the other. */
export function SortHeader({ field, label, isNumber = false, orderBy, onOrder }: SortHeaderProps) {
  const isSorted = orderBy.field === field
  const usual = isNumber ? 'DESC' : 'ASC'
  const other = isNumber ? 'ASC' : 'DESC'
  const direction = isSorted && orderBy.direction === usual ? other : usual
  const sorted = orderBy.direction === 'ASC' ? 'ascending' : 'descending'
  return (
    <th scope="col" className={isNumber ? 'number' : undefined} aria-sort={isSorted ? sorted : undefined}>
      <button type="button" className="sort" onClick={() => onOrder({ field, direction })}>
        {label}
        <span className="sort-mark" aria-hidden="true">
          {isSorted ? (orderBy.direction === 'ASC' ? '↑' : '↓') : ''}
        </span>
      </button>
    </th>
  )
}
