import type { Store } from '../facts/column-store.ts'
import { firstOf } from '../facts/first-of.ts'
import { expansionStrategies, kindCode, kindOfCode, movementKinds } from '../facts/kind.ts'
import { dayOf, firstDayOf, type MonthRange } from '../facts/month.ts'
import { carriesStrategy, listMovements, type MovementColumns, seatsChangeOf } from '../facts/movements.ts'
import { closeOfMovement, partnerOn } from '../facts/partners.ts'
import { marks, type Slice } from '../facts/slice.ts'
import { countedOf, strategyPartsOf } from '../facts/strategies.ts'
import { axisOf } from '../facts/walk.ts'
import { accountStanding } from './completeness.ts'
import type { Movement, MovementPage, MovementTotal } from './list-result.ts'
import { checkRange } from './periods.ts'
import type { MovementQuery } from './query.ts'
import { type Question, refuseWithoutRate, settle } from './question.ts'
import { ratesUsed } from './rates-used.ts'
import { strategyParts } from './strategy-parts.ts'

/** Movements, newest first unless asked otherwise; without a range, all of history up to this month. */
export function movements(store: Store, query: MovementQuery): MovementPage {
  const { where = {}, ...rest } = query
  const question = settle(store, { ...rest, where: { accountIds: where.accountIds } })
  const range = checkRange(where.range ?? { start: store.firstChange ?? question.current, end: question.current + 1 })
  return pageOfMovements(question, { ...query, range, kinds: where.kinds, strategies: where.strategies })
}

type Asked = Pick<MovementQuery, 'orderBy' | 'offset' | 'limit'> & {
  range: MonthRange
  kinds?: readonly string[] | undefined
  strategies?: readonly string[] | undefined
}

/** A page of the movements of a settled question. Only the rows of the page become objects. */
export function pageOfMovements(question: Question, asked: Asked): MovementPage {
  const { slice, currency, view } = question
  const { range, kinds, strategies, offset = 0, limit = 50 } = asked
  const axis = axisOf(slice, range.start, range.end - 1)
  const columns = listMovements(slice, axis, {
    range,
    kinds: kinds ? Uint8Array.of(0, ...movementKinds.map((kind) => (kinds.includes(kind) ? 1 : 0))) : null,
    strategies: strategies ? marks(expansionStrategies, strategies) : slice.strategies,
  })
  const size = columns.account.length
  const unknown = columns.closing.findIndex(Number.isNaN)
  if (unknown >= 0) refuseWithoutRate(question, columns.month[unknown]!)
  const rows = firstOf(size, Math.min(offset + limit, size), orderOf(columns, asked.orderBy)).slice(offset)
  return {
    items: rows.map((row) => toMovement(question, columns, row)),
    total: size,
    totals: totalsOf(slice, columns),
    accounts: differentAccounts(columns),
    currency,
    view: view.name,
  }
}

function orderOf({ account, month, day, opening, closing }: MovementColumns, orderBy: MovementQuery['orderBy']) {
  const sign = orderBy?.direction === 'ASC' ? 1 : -1
  const size = (row: number) => Math.abs(closing[row]! - opening[row]!)
  const byTime = (a: number, b: number) => month[a]! - month[b]! || day[a]! - day[b]!
  const byAmount = (a: number, b: number) => size(a) - size(b)
  const [first, second] = orderBy?.field === 'AMOUNT' ? [byAmount, byTime] : [byTime, byAmount]
  return (a: number, b: number) => sign * first(a, b) || sign * second(a, b) || account[a]! - account[b]! || a - b
}

/** What a movement adds to its kind: positive, save in a slice of items that moved against its account, and what rates made. */
export function amountOf(
  { kind, opening, closing }: MovementColumns,
  row: number,
  counted = closing[row]! - opening[row]!,
): number {
  return kind[row] === kindCode.CONTRACTION || kind[row] === kindCode.CHURN ? -counted : counted
}

function toMovement(question: Question, columns: MovementColumns, row: number): Movement {
  const { store, slice, currency } = question
  const account = columns.account[row]!
  const month = columns.month[row]!
  const day = columns.day[row]!
  const when = { month, day }
  const kind = columns.kind[row]!
  const change = columns.closing[row]! - columns.opening[row]!
  const id = store.accounts.ids[account] ?? ''
  const parts = carriesStrategy(kind) ? strategyPartsOf(slice, account, when, change) : []
  if (parts.some(Number.isNaN)) refuseWithoutRate(question, month)
  return {
    id: `${id}@${day === 0 ? firstDayOf(month).slice(0, 7) : dayOf(month, day)}${kind === kindCode.FX ? '/FX' : ''}`,
    account: { index: account, id },
    month,
    day,
    kind: kindOfCode(kind)!,
    currency,
    minor: BigInt(amountOf(columns, row)),
    change: BigInt(change),
    opening: BigInt(columns.opening[row]!),
    closing: BigInt(columns.closing[row]!),
    seatsChange: kind === kindCode.FX ? 0 : seatsChangeOf(slice, account, when),
    strategyParts: strategyParts(parts),
    partner: partnerOn(store, account, closeOfMovement(when)),
    rates: kind === kindCode.FX ? ratesUsed(question, account, month) : [],
    completeness: accountStanding(question, account, when),
  }
}

/** The rows of an account stand together. */
function differentAccounts({ account }: MovementColumns): number {
  return account.reduce((count, one, row) => (row > 0 && account[row - 1] === one ? count : count + 1), 0)
}

/** Amount and number of different accounts by kind, over the whole list; where only some strategies count, what they made. */
function totalsOf(slice: Slice, columns: MovementColumns): MovementTotal[] {
  const amounts = new Float64Array(movementKinds.length + 1)
  const accounts = new Float64Array(movementKinds.length + 1)
  const last = new Float64Array(movementKinds.length + 1).fill(-1)
  for (let row = 0; row < columns.account.length; row += 1) {
    const kind = columns.kind[row]!
    const counted = slice.strategies === null ? undefined : countedIn(slice, columns, row)
    amounts[kind]! += amountOf(columns, row, counted)
    if (last[kind] !== columns.account[row]) accounts[kind]! += 1
    last[kind] = columns.account[row]!
  }
  return movementKinds.flatMap((kind, index) =>
    accounts[index + 1]! > 0 ? [{ kind, minor: BigInt(amounts[index + 1]!), accounts: accounts[index + 1]! }] : [],
  )
}

/** What some strategies made of a movement. */
export function countedIn(
  slice: Slice,
  { account, month, day, opening, closing }: MovementColumns,
  row: number,
): number {
  return countedOf(slice, account[row]!, { month: month[row]!, day: day[row]! }, closing[row]! - opening[row]!)
}
