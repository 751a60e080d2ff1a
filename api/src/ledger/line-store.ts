import { type Columns, rowsAs, type Tx } from '@nobishiro/prisma'
import type { Line } from './lines.ts'
import type { PostContext } from './post.ts'
import { FIRST_RULES } from './recognition.ts'

/** Rows of one statement. */
const SLICE = 20_000

/** A line in the ledger. */
export type PostedLine = Line & { id: bigint }

/** What of it tells whether it still stands. */
export type StandingLine = { id: bigint; contentKey: string }

export type Posted = {
  /** Account → its current lines. */
  current: Map<string, StandingLine[]>
  /** "source event" → highest ordinal used. */
  ordinals: Map<string, number>
}

type Row = {
  id: bigint
  account_id: string
  subscription_id: string
  item_id: string
  effective_at: Date
  effective_day: Date
  source: string
  source_event: string
  ordinal: number
  reverses: bigint | null
  content_key: string
  amount_minor: bigint
  currency: string
  seats: number
  strategy: Line['strategy']
  rule: number
  reason: string | null
  product_id: string
  plan_id: string
  region: string
  evidence: Line['evidence']
}

type StandingRow = Pick<Row, 'id' | 'account_id' | 'source' | 'source_event' | 'ordinal' | 'reverses' | 'content_key'>

/** What stands of these accounts. Every posting reads all of it, so no more of a line is read than its comparison needs. */
export async function postedLines(tx: Tx, tenantId: string, accounts: string[], revision: number): Promise<Posted> {
  const rows = await tx.$queryRaw<StandingRow[]>`
    SELECT id, account_id, source, source_event, ordinal, reverses, content_key
    FROM ledger_line WHERE tenant_id = ${tenantId} AND account_id = ANY(${accounts}) AND revision = ${revision} ORDER BY id`
  const reversed = new Set(rows.flatMap((row) => row.reverses ?? []))
  const posted: Posted = { current: new Map(accounts.map((account) => [account, []])), ordinals: new Map() }
  for (const row of rows) {
    const event = eventKey(row.source, row.source_event)
    posted.ordinals.set(event, Math.max(posted.ordinals.get(event) ?? 0, row.ordinal))
    if (row.reverses !== null || reversed.has(row.id)) continue
    posted.current.get(row.account_id)?.push({ id: row.id, contentKey: row.content_key })
  }
  return posted
}

/** These lines in full. */
export async function linesByIds(tx: Tx, tenantId: string, ids: readonly bigint[]): Promise<PostedLine[]> {
  if (ids.length === 0) return []
  const rows = await tx.$queryRaw<Row[]>`
    SELECT id, account_id, subscription_id, item_id, effective_at, effective_day, source, source_event, content_key, amount_minor,
      currency, seats, strategy, rule, reason, product_id, plan_id, region, evidence
    FROM ledger_line WHERE tenant_id = ${tenantId} AND id = ANY(${ids.map(String)}::text[]::bigint[]) ORDER BY id`
  return rows.map(toLine)
}

const eventKey = (source: string, event: string): string => `${source} ${event}`

function toLine(row: Row): PostedLine {
  return {
    id: row.id,
    contentKey: row.content_key,
    account: row.account_id,
    subscription: row.subscription_id,
    item: row.item_id,
    effectiveAt: row.effective_at.toISOString(),
    effectiveDay: row.effective_day.toISOString().slice(0, 10),
    source: row.source,
    sourceEvent: row.source_event,
    amount: row.amount_minor,
    currency: row.currency,
    seats: row.seats,
    strategy: row.strategy,
    rule: row.rule,
    reason: row.reason,
    product: row.product_id,
    plan: row.plan_id,
    region: row.region,
    evidence: row.evidence,
  }
}

/** Appends reversals, then additions. Returns how many lines were written. */
export async function appendLines(
  tx: Tx,
  context: PostContext,
  ordinals: Map<string, number>,
  reversals: PostedLine[],
  additions: Line[],
): Promise<number> {
  const next = (line: Line): number => {
    const event = eventKey(line.source, line.sourceEvent)
    const ordinal = (ordinals.get(event) ?? 0) + 1
    ordinals.set(event, ordinal)
    return ordinal
  }
  const rows = [
    ...reversals.map((line) => cells({ ...line, amount: -line.amount, seats: -line.seats }, next(line), line.id)),
    ...additions.map((line) => cells(line, next(line), null)),
  ]
  for (let start = 0; start < rows.length; start += SLICE) {
    await tx.$executeRaw`
    INSERT INTO ledger_line (tenant_id, account_id, subscription_id, item_id, effective_at, effective_day, recorded_at, version, revision,
      source, source_event, ordinal, reverses, content_key, amount_minor, currency, seats, strategy, rule, reason, product_id,
      plan_id, region, evidence)
    SELECT ${context.tenantId}, account, subscription, item, effective_at, effective_day, ${context.recordedAt}, ${context.version}, ${(context.rules ?? FIRST_RULES).revision},
      source, source_event, ordinal, reverses, content_key, amount, currency, seats, strategy, rule, reason, product, plan,
      region, evidence
    FROM ${await rowsAs(tx, 'line', LINE, rows.slice(start, start + SLICE))}`
  }
  return rows.length
}

const LINE: Columns = {
  account: 'text',
  subscription: 'text',
  item: 'text',
  effective_at: 'timestamptz',
  effective_day: 'date',
  source: 'text',
  source_event: 'text',
  ordinal: 'int',
  reverses: 'bigint',
  content_key: 'text',
  amount: 'bigint',
  currency: 'text',
  seats: 'int',
  strategy: 'text',
  rule: 'int',
  reason: 'text',
  product: 'text',
  plan: 'text',
  region: 'text',
  evidence: 'jsonb',
}

/** In the order of LINE. */
const cells = (line: Line, ordinal: number, reverses: bigint | null) => [
  line.account,
  line.subscription,
  line.item,
  line.effectiveAt,
  line.effectiveDay,
  line.source,
  line.sourceEvent,
  ordinal,
  reverses,
  line.contentKey,
  line.amount,
  line.currency,
  line.seats,
  line.strategy,
  line.rule,
  line.reason,
  line.product,
  line.plan,
  line.region,
  line.evidence,
]

type Change = {
  account: string
  day: string
  product: string
  plan: string
  region: string
  currency: string
  strategy: string
}

const MOVE: Columns = {
  account: 'text',
  day: 'date',
  product: 'text',
  plan: 'text',
  region: 'text',
  currency: 'text',
  strategy: 'text',
  amount: 'bigint',
  seats: 'int',
}

/** The sparse change points that facts are loaded from, the current lines summed per day and slice: moved by what was appended. */
export async function moveChanges(
  tx: Tx,
  tenantId: string,
  { reversals, additions }: { reversals: readonly Line[]; additions: readonly Line[] },
): Promise<void> {
  const moves = new Map<string, Change & { amount: bigint; seats: number }>()
  const add = (line: Line, sign: 1 | -1) => {
    const { account, effectiveDay: day, product, plan, region, currency } = line
    const strategy = line.strategy ?? ''
    const key = `${account}\n${day}\n${product}\n${plan}\n${region}\n${currency}\n${strategy}`
    const move = moves.get(key) ?? { account, day, product, plan, region, currency, strategy, amount: 0n, seats: 0 }
    moves.set(key, move)
    move.amount += sign === 1 ? line.amount : -line.amount
    move.seats += sign * line.seats
  }
  for (const line of reversals) add(line, -1)
  for (const line of additions) add(line, 1)
  const rows = [...moves.values()]
    .filter(({ amount, seats }) => amount !== 0n || seats !== 0)
    .map((move) => [
      ...[move.account, move.day, move.product, move.plan, move.region, move.currency, move.strategy],
      ...[move.amount, move.seats],
    ])
  for (let start = 0; start < rows.length; start += SLICE) {
    await tx.$executeRaw`
      INSERT INTO account_change AS known (tenant_id, account_id, day, product_id, plan_id, region, currency, strategy, amount_minor, seats)
      SELECT ${tenantId}, account, day, product, plan, region, currency, strategy, amount, seats
      FROM ${await rowsAs(tx, 'move', MOVE, rows.slice(start, start + SLICE))}
      ON CONFLICT (tenant_id, account_id, day, product_id, plan_id, region, currency, strategy) DO UPDATE
        SET amount_minor = known.amount_minor + excluded.amount_minor, seats = known.seats + excluded.seats`
  }
  const taken = [...new Set(reversals.map(({ account }) => account))]
  if (taken.length === 0) return
  await tx.$executeRaw`
    DELETE FROM account_change WHERE tenant_id = ${tenantId} AND account_id = ANY(${taken}) AND amount_minor = 0 AND seats = 0`
}
