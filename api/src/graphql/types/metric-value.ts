import type { MetricKey as Key } from '../../metrics/registry.ts'
import type { DefinitionRef as Ref, MetricTerm as Term, MetricValue as Value } from '../../metrics/result.ts'
import { builder } from '../builder.ts'
import { Money } from './money.ts'
import { Period } from './period.ts'
import { LocalizedText } from './text.ts'
import { Completeness, MetricKey, MetricUnit, UndefinedReason } from './vocabulary.ts'

const DefinitionRef = builder.objectRef<Ref>('DefinitionRef').implement({
  description: 'Which definition made a value, so that it can be asked for again.',
  fields: (t) => ({
    key: t.field({ type: MetricKey, description: 'The metric.', resolve: ({ key }) => key as Key }), // a registered one
    version: t.exposeString('version', { description: 'The set of definitions, e.g. nobishiro/1.' }),
    revision: t.exposeInt('revision', { description: 'Revision of the recognition policy.' }),
    policy: t.exposeString('policy', {
      description: 'The recognition policy: its preset and what differs from it, e.g. STRIPE_LIKE churn=AT_REQUEST.',
    }),
    view: t.exposeString('view', {
      description: 'The view: its preset and what differs from it, e.g. NOBISHIRO netting=EVENT.',
    }),
  }),
})

export const MetricTerm = builder.objectRef<Term & { currency: string }>('MetricTerm').implement({
  description: 'A number that a ratio is made of.',
  fields: (t) => ({
    label: t.expose('label', { type: LocalizedText, description: 'What it is.' }),
    value: t.expose('value', { type: 'Decimal', description: 'The number; money in major units.' }),
    unit: t.expose('unit', { type: MetricUnit, description: 'What it counts.' }),
    money: t.field({
      type: Money,
      nullable: true,
      description: 'The amount; null where the unit is not MONEY.',
      resolve: ({ minor, currency }) => moneyOrNull(minor, currency),
    }),
  }),
})

export const MetricValue = builder.objectRef<Value>('MetricValue')
MetricValue.implement({
  description: 'A metric in one period, with all that is needed to trust it.',
  fields: (t) => ({
    period: t.expose('days', { type: Period, description: 'The period.' }),
    value: t.expose('value', {
      type: 'Decimal',
      nullable: true,
      description: 'Null when undefined; reason says why. Ratios as 1.124, money in major units.',
    }),
    money: t.field({
      type: Money,
      nullable: true,
      description: 'The amount; null where the unit is not MONEY.',
      resolve: ({ minor, currency }) => moneyOrNull(minor, currency),
    }),
    unit: t.expose('unit', { type: MetricUnit, description: 'What it counts.' }),
    numerator: t.field({
      type: MetricTerm,
      nullable: true,
      description: 'What is divided; null where nothing is.',
      resolve: ({ numerator, currency }) => numerator && { ...numerator, currency },
    }),
    denominator: t.field({
      type: MetricTerm,
      nullable: true,
      description: 'What it is divided by; null where nothing is.',
      resolve: ({ denominator, currency }) => denominator && { ...denominator, currency },
    }),
    reason: t.expose('reason', {
      type: UndefinedReason,
      nullable: true,
      description: 'Why value is null; null when it is not.',
    }),
    completeness: t.expose('completeness', { type: Completeness, description: 'Whether the period can still change.' }),
    restatedSince: t.expose('restatedSince', {
      type: 'DateTime',
      nullable: true,
      description:
        'When a month that it rests on was last changed after it had been closed; null when none was. `restatements` lists what changed.',
    }),
    definition: t.expose('definition', { type: DefinitionRef, description: 'The definition that made it.' }),
    asOf: t.expose('asOf', { type: 'DateTime', description: 'Instant whose knowledge the value reflects.' }),
    version: t.expose('version', { type: 'BigInt', description: 'Ledger version that answered.' }),
    previous: t.expose('previous', {
      type: MetricValue,
      nullable: true,
      description: 'The value it is compared with; null unless compare was asked for.',
    }),
  }),
})

function moneyOrNull(minor: bigint | null, currency: string) {
  return minor === null ? null : { minor, currency }
}
