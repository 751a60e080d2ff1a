import { firstDayOf } from '../../facts/month.ts'
import type { LandAndExpand as Result, LandingSpread as Spread } from '../../metrics/chart-result.ts'
import { landAndExpand, QUANTILES } from '../../metrics/land-and-expand.ts'
import { toMajor } from '../../shared/money.ts'
import { builder, FROM_FACTS } from '../builder.ts'
import { currencyOf, firstOfMonth } from '../fact-args.ts'
import { factWhere } from '../fact-where.ts'
import { asOfArg } from './as-of.ts'
import { currencyArg } from './currency.ts'
import { FactWhere } from './fact-where.ts'
import { Completeness, UndefinedReason } from './vocabulary.ts'

/** Of money its currency; null of seats. */
type SpreadOf = Spread & { currency: string | null }

const shown = (amount: bigint, currency: string | null) =>
  currency === null ? String(amount) : toMajor(amount, currency)

const LandingSpread = builder.objectRef<SpreadOf>('LandingSpread').implement({
  description: 'How far accounts have come from where they landed.',
  fields: (t) => ({
    accounts: t.exposeInt('accounts', { description: 'Accounts that pay and landed with any.' }),
    landed: t.field({
      type: 'Decimal',
      description: 'What they had at their first paid closes; money in major units.',
      resolve: ({ landed, currency }) => shown(landed, currency),
    }),
    now: t.field({
      type: 'Decimal',
      description: 'What the same accounts have now; money in major units, at the rates of each first paid close.',
      resolve: ({ now, currency }) => shown(now, currency),
    }),
    multiple: t.expose('multiple', {
      type: 'Decimal',
      nullable: true,
      description: 'now divided by landed; null where reason says why.',
    }),
    reason: t.expose('reason', { type: UndefinedReason, nullable: true, description: 'Why there is no multiple.' }),
    quantiles: t.expose('quantiles', {
      type: ['Decimal'],
      description: `Multiples of single accounts at or below which ${QUANTILES.join(', ')} % of them are; empty without accounts.`,
    }),
    spread: t.exposeIntList('spread', {
      description: 'Accounts by multiple: below 1, exactly 1, above 1 and below 2, from 2, from 5, from 10 on.',
    }),
  }),
})

const LandAndExpand = builder.objectRef<Result>('LandAndExpand').implement({
  description: 'How far paying accounts have come from where they landed, in all and how they spread.',
  fields: (t) => ({
    at: t.field({ type: 'Date', description: 'The month.', resolve: ({ at }) => firstDayOf(at) }),
    currency: t.expose('currency', { type: 'CurrencyCode', description: 'Currency of mrr.' }),
    seats: t.field({
      type: LandingSpread,
      description: 'By seats.',
      resolve: ({ seats }) => ({ ...seats, currency: null }),
    }),
    mrr: t.field({
      type: LandingSpread,
      description: 'By MRR.',
      resolve: ({ mrr, currency }) => ({ ...mrr, currency }),
    }),
    completeness: t.expose('completeness', { type: Completeness, description: 'Whether it can still change.' }),
    definition: t.exposeString('definition', { description: 'The set of definitions, e.g. nobishiro/1.' }),
    asOf: t.expose('asOf', { type: 'DateTime', description: 'Instant whose knowledge it reflects.' }),
    version: t.expose('version', { type: 'BigInt', description: 'Ledger version that answered.' }),
  }),
})

builder.queryField('landAndExpand', (t) =>
  t.field({
    extensions: FROM_FACTS,
    type: LandAndExpand,
    description: 'Seats and MRR now beside those of the first paid close, with their distribution over accounts.',
    authScopes: { capability: 'seats' },
    args: {
      at: t.arg({ type: 'Date', description: 'First day of the month; the last complete month when missing.' }),
      where: t.arg({ type: FactWhere }),
      currency: t.arg(currencyArg),
      asOf: t.arg(asOfArg),
    },
    complexity: 10,
    resolve: async (_root, { at, where, currency, asOf }, context) => {
      const facts = await context.facts(asOf)
      const { store, scope, now } = facts
      const month = at == null ? undefined : firstOfMonth(at, 'at')
      const range = month === undefined ? undefined : { start: month, end: month + 1 }
      return landAndExpand(store, {
        scope,
        now,
        at: month,
        where: await factWhere(where, context, facts, { range, asOf }),
        currency: currencyOf(currency),
      })
    },
  }),
)
