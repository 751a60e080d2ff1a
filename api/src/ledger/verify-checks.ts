import type { Tx } from '@nobishiro/prisma'
import { PEOPLE } from '../ingest/people/correction.ts'
import { lateLineProblems } from './verify-late-lines.ts'

export type Problem = { where: string; expected: string; found: string }
type Check = { name: string; what: string; find: (tx: Tx, tenantId: string) => Promise<Problem[]> }

/** Each finds rows that should not exist; at most this many are shown. */
const SHOWN = 50

export const checks: Check[] = [
  {
    name: 'change-points',
    what: 'the change points that metrics read sum to the lines, per account, day and slice',
    find: (tx, tenantId) => tx.$queryRaw<Problem[]>`
      WITH wanted AS (
        SELECT account_id, effective_day AS day, product_id, plan_id, region, currency, coalesce(strategy, '') AS strategy,
          sum(amount_minor) AS amount, sum(seats) AS seats
        FROM ledger_line WHERE tenant_id = ${tenantId} AND revision = nobishiro_revision(${tenantId}, 'infinity') GROUP BY 1, 2, 3, 4, 5, 6, 7
        HAVING sum(amount_minor) <> 0 OR sum(seats) <> 0
      ), found AS (
        SELECT account_id, day, product_id, plan_id, region, currency, strategy, amount_minor AS amount, seats
        FROM account_change WHERE tenant_id = ${tenantId}
      )
      SELECT account_id || ' ' || day || ' ' || plan_id || ' ' || strategy AS "where",
        coalesce(wanted.amount::text || ' and ' || wanted.seats || ' seats', 'nothing') AS expected,
        coalesce(found.amount::text || ' and ' || found.seats || ' seats', 'nothing') AS found
      FROM wanted FULL JOIN found USING (account_id, day, product_id, plan_id, region, currency, strategy)
      WHERE wanted.amount IS DISTINCT FROM found.amount OR wanted.seats IS DISTINCT FROM found.seats
      LIMIT ${SHOWN}`,
  },
  {
    name: 'state',
    what: 'the lines of each account sum to the MRR of its subscription items, unless a person has excluded it',
    find: (tx, tenantId) => tx.$queryRaw<Problem[]>`
      WITH lines AS (
        SELECT account_id, currency, sum(amount_minor) AS amount FROM ledger_line
        WHERE tenant_id = ${tenantId} AND revision = nobishiro_revision(${tenantId}, 'infinity') GROUP BY 1, 2
      ), excluded AS (
        SELECT decision -> 'what' ->> 'account' AS account_id
        FROM inbox, jsonb_array_elements(events) AS decision
        WHERE tenant_id = ${tenantId} AND source = ${PEOPLE} AND decision @> '{"what": {"kind": "EXCLUDE_ACCOUNT"}}'
          AND decision ->> 'correction' NOT IN (
            SELECT undo -> 'what' ->> 'correction' FROM inbox, jsonb_array_elements(events) AS undo
            WHERE tenant_id = ${tenantId} AND source = ${PEOPLE} AND undo @> '{"what": {"kind": "UNDO"}}')
      ), state AS (
        SELECT account_id, currency, sum(level_minor) FILTER (WHERE ended_at IS NULL) AS amount
        FROM subscription JOIN subscription_item item
          ON item.tenant_id = subscription.tenant_id AND item.subscription_id = subscription.id
        WHERE subscription.tenant_id = ${tenantId} AND account_id NOT IN (SELECT account_id FROM excluded) GROUP BY 1, 2
      )
      SELECT account_id || ' ' || currency AS "where", coalesce(state.amount, 0)::text AS expected, coalesce(lines.amount, 0)::text AS found
      FROM lines FULL JOIN state USING (account_id, currency)
      WHERE coalesce(lines.amount, 0) <> coalesce(state.amount, 0)
      LIMIT ${SHOWN}`,
  },
  {
    name: 'reversals',
    what: 'a reversal takes back exactly its line',
    find: (tx, tenantId) => tx.$queryRaw<Problem[]>`
      SELECT 'line ' || reversal.id AS "where", (-line.amount_minor)::text AS expected, reversal.amount_minor::text AS found
      FROM ledger_line reversal LEFT JOIN ledger_line line ON line.tenant_id = reversal.tenant_id AND line.id = reversal.reverses
      WHERE reversal.tenant_id = ${tenantId} AND reversal.reverses IS NOT NULL
        AND (line.id IS NULL OR line.amount_minor <> -reversal.amount_minor OR line.seats <> -reversal.seats
          OR line.content_key <> reversal.content_key)
      LIMIT ${SHOWN}`,
  },
  {
    name: 'source-events',
    what: 'every line that stands names an event of the inbox that counts; one taken back may name an event that was replaced',
    find: (tx, tenantId) => tx.$queryRaw<Problem[]>`
      SELECT 'line ' || line.id AS "where", 'event ' || line.source_event || ' of ' || line.source AS expected,
        coalesce(inbox.status, 'absent') AS found
      FROM ledger_line line LEFT JOIN inbox
        ON inbox.tenant_id = line.tenant_id AND inbox.source = line.source AND inbox.external_id = line.source_event
      WHERE line.tenant_id = ${tenantId} AND line.revision = nobishiro_revision(${tenantId}, 'infinity')
        AND (inbox.status IS DISTINCT FROM 'POSTED' OR NOT (inbox.folds OR inbox.events @> '[{"type": "usage"}]' OR inbox.events @> '[{"type": "invoice"}]'))
        AND NOT (coalesce(inbox.status = 'QUARANTINED' AND (inbox.folds OR inbox.events @> '[{"type": "usage"}]' OR inbox.events @> '[{"type": "invoice"}]'), false) AND (line.reverses IS NOT NULL OR EXISTS (
          SELECT FROM ledger_line reversal WHERE reversal.tenant_id = line.tenant_id AND reversal.reverses = line.id)))
      LIMIT ${SHOWN}`,
  },
  {
    name: 'not-negative',
    what: 'no account has a negative MRR on any day',
    find: (tx, tenantId) => tx.$queryRaw<Problem[]>`
      SELECT account_id || ' ' || day AS "where", 'at least 0' AS expected, level::text || ' ' || currency AS found
      FROM (
        SELECT account_id, currency, day, sum(sum(amount_minor)) OVER (PARTITION BY account_id, currency ORDER BY day) AS level
        FROM account_change WHERE tenant_id = ${tenantId} GROUP BY account_id, currency, day
      ) AS days
      WHERE level < 0
      LIMIT ${SHOWN}`,
  },
  {
    name: 'late-lines',
    what: 'exactly the lines that were recorded after a month they count in was closed are marked as restating it',
    find: lateLineProblems,
  },
  {
    name: 'attributes',
    what: 'accounts have had the attributes that their events say, word by word',
    find: (tx, tenantId) => tx.$queryRaw<Problem[]>`
      WITH wanted AS (
        SELECT DISTINCT ON (account_id, said_at) *
        FROM (
          SELECT account_id, (event ->> 'at')::timestamptz(3) AS said_at, coalesce(event -> 'attributes', '{}') AS attributes
          FROM inbox, jsonb_array_elements(events) AS event
          WHERE tenant_id = ${tenantId} AND status = 'POSTED' AND event ->> 'type' = 'account'
            AND source || ':' || (event ->> 'account') = account_id
        ) AS said
        ORDER BY account_id, said_at, attributes DESC
      ), found AS (
        SELECT account_id, said_at, attributes FROM account_attributes WHERE tenant_id = ${tenantId}
      )
      SELECT account_id || ' ' || said_at AS "where", coalesce(wanted.attributes::text, 'nothing') AS expected,
        coalesce(found.attributes::text, 'nothing') AS found
      FROM wanted FULL JOIN found USING (account_id, said_at)
      WHERE wanted.attributes IS DISTINCT FROM found.attributes
      LIMIT ${SHOWN}`,
  },
  {
    name: 'parents',
    what: 'no account belongs to itself through its parents',
    find: (tx, tenantId) => tx.$queryRaw<Problem[]>`
      WITH RECURSIVE climb AS (
        SELECT id AS start, parent_id AS next, ARRAY[id] AS path FROM account WHERE tenant_id = ${tenantId} AND parent_id IS NOT NULL
        UNION ALL
        SELECT start, account.parent_id, path || account.id FROM climb JOIN account ON account.id = climb.next
        WHERE account.tenant_id = ${tenantId} AND account.id <> ALL(path)
      )
      SELECT start AS "where", 'a parent outside of what belongs to it' AS expected, array_to_string(path || next, ' in ') AS found
      FROM climb WHERE next = start AND start = (SELECT min(id) FROM unnest(path) AS id)
      LIMIT ${SHOWN}`,
  },
]
