import { MONTHS } from './calendar.ts'
import { type Closed, FIRST_POLICY } from './closed.ts'
import type { Store } from './column-store.ts'
import { grown, reordered, trimmed } from './columns.ts'
import { type Costs, costsOf, type SpendRow } from './costs.ts'
import { Dictionary } from './dictionary.ts'
import { expansionStrategies } from './kind.ts'
import { monthOf } from './month.ts'
import {
  attributeColumns,
  changeColumns,
  logoColumns,
  observedColumns,
  outlookColumns,
  usageColumns,
} from './new-columns.ts'
import { observedCode } from './observed.ts'
import { outlookCode } from './outlook.ts'
import { type RateRow, ratesByCurrency } from './rates.ts'
import { type Dated, rowsByAccountAndTime } from './row-order.ts'
import type {
  AccountRow,
  ChangeRow,
  LogoRow,
  ObservedRow,
  OutlookRow,
  PlanRow,
  PointRow,
  SaidRow,
  SpendSaid,
  StoreHeader,
  UsageRow,
} from './store-rows.ts'

/** "Otherwise" of the strategy rules: what a line without a strategy counts as in an expansion. */
const otherwise = expansionStrategies.indexOf('CONTRACT_VALUE')

/** Takes accounts and plans first, then change points and usage in any order of accounts, and gives the columns. */
export class StoreBuilder {
  readonly #header: StoreHeader
  readonly #accounts: readonly AccountRow[]
  readonly #plans: readonly PlanRow[]
  readonly #accountIndex: ReadonlyMap<string, number>
  readonly #planIndex: ReadonlyMap<string, number>
  readonly #regions = new Dictionary(0xffff, [''])
  readonly #currencies: Dictionary
  readonly #strategies = new Map<string, number>(expansionStrategies.map((strategy, code) => [strategy, code]))
  readonly #accountRegion: Uint16Array
  #changes = changeColumns(1024)
  #changeRows = 0
  #usage = usageColumns(64)
  #usageRows = 0
  #outlook = outlookColumns(64)
  #outlookRows = 0
  #logos = logoColumns(64)
  #logoRows = 0
  readonly #observedNames = new Dictionary(0xffffffff, [''])
  #observed = observedColumns(64)
  #observedRows = 0
  readonly #spend: SpendRow[] = []
  #costs: Costs = costsOf()
  #absolute = 0
  #closed: Closed = { ...FIRST_POLICY, closes: [], late: [] }
  readonly #rates: RateRow[] = []
  readonly #said: (SaidRow & { account: number })[] = []

  constructor(header: StoreHeader, accounts: readonly AccountRow[], plans: readonly PlanRow[]) {
    this.#header = header
    this.#accounts = accounts
    this.#plans = plans
    if (plans.length > 0xffff) throw new RangeError(`More than ${0xffff} plans`)
    this.#accountIndex = new Map(this.#accounts.map((account, index) => [account.id, index]))
    this.#planIndex = new Map(plans.map((plan, index) => [plan.id, index]))
    this.#currencies = new Dictionary(0xff, [header.currency])
    this.#accountRegion = Uint16Array.from(this.#accounts, (account) => this.#regions.code(account.region ?? ''))
  }

  addChange(row: ChangeRow): void {
    this.addPoint({
      ...row,
      account: known(this.#accountIndex, row.accountId, 'account'),
      plan: known(this.#planIndex, row.planId, 'plan'),
    })
  }

  /** Every figure is a sum of some of these amounts, so this one check keeps all of them exact. */
  #exact(minor: bigint | number): number {
    const amount = Number(minor)
    this.#absolute += Math.abs(amount)
    if (Number.isSafeInteger(amount) && Number.isSafeInteger(this.#absolute)) return amount
    throw new RangeError(
      `The amounts of tenant ${this.#header.tenantId} exceed 2^53 minor units and cannot be added exactly`,
    )
  }

  /** A change point whose account and plan are known by their places in the lists given. */
  addPoint(row: PointRow): void {
    const { account } = row
    const amount = this.#exact(row.amountMinor)
    if (this.#changeRows === this.#changes.month.length) this.#changes = grown(this.#changes)
    const changes = this.#changes
    const place = this.#changeRows
    changes.account[place] = account
    changes.month[place] = row.month
    changes.day[place] = row.day
    changes.plan[place] = row.plan
    changes.region[place] = this.#regionOf(row)
    changes.strategy[place] = this.#strategies.get(row.strategy) ?? otherwise
    changes.currency[place] = this.#currencies.code(row.currency)
    changes.amount[place] = amount
    changes.seats[place] = row.seats
    this.#changeRows += 1
  }

  addUsage(row: UsageRow): void {
    const account = this.#accountIndex.get(row.accountId)
    if (account === undefined) return // usage may arrive before its account does
    if (this.#usageRows === this.#usage.month.length) this.#usage = grown(this.#usage)
    const usage = this.#usage
    const place = this.#usageRows
    usage.account[place] = account
    usage.month[place] = row.month
    usage.assigned[place] = row.metric === 'assigned_seats' ? row.quantity : -1
    usage.active[place] = row.metric === 'active_seats' ? row.quantity : -1
    this.#usageRows += 1
  }

  /** What stands beside MRR, with account and plan by their places in the lists given. */
  addOutlook(row: OutlookRow): void {
    if (this.#outlookRows === this.#outlook.month.length) this.#outlook = grown(this.#outlook)
    const [outlook, place] = [this.#outlook, this.#outlookRows]
    outlook.account[place] = row.account
    outlook.month[place] = row.month
    outlook.day[place] = row.day
    outlook.plan[place] = row.plan
    outlook.region[place] = this.#regionOf(row)
    outlook.kind[place] = outlookCode[row.kind]
    outlook.currency[place] = this.#currencies.code(row.currency)
    outlook.amount[place] = this.#exact(row.amountMinor)
    this.#outlookRows += 1
  }

  /** Where an account is open without MRR, with account and plan by their places in the lists given. */
  addLogo(row: LogoRow): void {
    if (this.#logoRows === this.#logos.month.length) this.#logos = grown(this.#logos)
    const [logos, place] = [this.#logos, this.#logoRows]
    logos.account[place] = row.account
    logos.month[place] = row.month
    logos.day[place] = row.day
    logos.plan[place] = row.plan
    logos.region[place] = this.#regionOf(row)
    logos.currency[place] = this.#currencies.code(row.currency)
    logos.amount[place] = row.amount
    this.#logoRows += 1
  }

  /** Code of the item's region, else of its account's. */
  #regionOf({ account, region }: { account: number; region: string }): number {
    return region === '' ? (this.#accountRegion[account] ?? 0) : this.#regions.code(region)
  }

  /** What was told beside revenue, with the account by its place in the list given. */
  addObserved(row: ObservedRow): void {
    if (this.#observedRows === this.#observed.month.length) this.#observed = grown(this.#observed)
    const [observed, place] = [this.#observed, this.#observedRows]
    observed.account[place] = row.account
    observed.teller[place] = row.account
    observed.month[place] = row.month
    observed.day[place] = row.day
    observed.kind[place] = observedCode[row.kind]
    observed.name[place] = this.#observedNames.code(row.name)
    observed.currency[place] = row.currency === '' ? 0 : this.#currencies.code(row.currency)
    observed.amount[place] = row.kind === 'CHARGE' ? this.#exact(row.amount) : Number(row.amount)
    this.#observedRows += 1
  }

  addSpend({ amountMinor, currency, ...row }: SpendSaid): void {
    this.#spend.push({ ...row, currency: this.#currencies.code(currency), amount: this.#exact(amountMinor) })
  }

  /** Nothing is known of costs unless said. */
  setCosts(costs: Costs): void {
    this.#costs = costs
  }

  /** What was said of the attributes of an account before now. */
  addSaid(row: SaidRow): void {
    const account = this.#accountIndex.get(row.accountId)
    // An account that counts for another is none of the store's.
    if (account !== undefined) this.#said.push({ ...row, account })
  }

  addRate(row: RateRow): void {
    this.#rates.push(row)
  }

  /** Nothing is closed unless said. */
  setClosed(closed: Closed): void {
    this.#closed = closed
  }

  build(): Store {
    const changes = byAccount(trimmed(this.#changes, this.#changeRows), this.#accounts.length)
    const usage = byAccount(trimmed(this.#usage, this.#usageRows), this.#accounts.length)
    const outlook = byAccount(trimmed(this.#outlook, this.#outlookRows), this.#accounts.length)
    const logos = byAccount(trimmed(this.#logos, this.#logoRows), this.#accounts.length)
    const observed = byAccount(trimmed(this.#observed, this.#observedRows), this.#accounts.length)
    const first = changes.month.reduce((least, month) => Math.min(least, month), Number.POSITIVE_INFINITY)
    const attributes = attributeColumns(this.#accounts, this.#said)
    return {
      ...this.#header,
      calendar: MONTHS,
      accounts: {
        ids: this.#accounts.map((account) => account.id),
        names: this.#accounts.map((account) => account.name),
        indexOf: this.#accountIndex,
        region: this.#accountRegion,
        signedUp: Uint16Array.from(this.#accounts, ({ signedUpOn }) => (signedUpOn ? monthOf(signedUpOn) : 0)),
        attributes,
      },
      plans: {
        ids: this.#plans.map((plan) => plan.id),
        products: this.#plans.map((plan) => plan.productId),
        confirmed: Uint8Array.from(this.#plans, (plan) => (plan.confirmed ? 1 : 0)),
        indexOf: this.#planIndex,
      },
      regions: this.#regions.values,
      currencies: this.#currencies.values,
      rates: ratesByCurrency(this.#rates),
      changes,
      usage,
      outlook,
      logos,
      observed,
      observedNames: this.#observedNames.values,
      spend: this.#spend,
      costs: this.#costs,
      closed: this.#closed,
      firstChange: Number.isFinite(first) ? first : null,
      bytes:
        changes.month.length * 23 + // its mark too
        usage.month.length * 10 +
        outlook.month.length * 21 +
        logos.month.length * 20 +
        observed.month.length * 25 +
        (this.#observedNames.values.length + this.#spend.length) * 100 +
        this.#said.length * 100 +
        this.#accounts.length * (200 + attributes.size * 4) +
        this.#rates.length * 200,
    }
  }
}

function known(index: ReadonlyMap<string, number>, id: string, what: string): number {
  const found = index.get(id)
  if (found === undefined) throw new Error(`A change point names an unknown ${what}: ${id}`)
  return found
}

/** Rows by account, then month, then day where there is one; `start` says where each account's begin. */
function byAccount<T extends Dated & { account: Uint32Array }>(rows: T, accounts: number) {
  const { start, order } = rowsByAccountAndTime(rows, accounts)
  const { account: _, ...columns } = rows
  return { ...reordered(columns, order), start }
}
