import { definitions, type MetricKey as Key } from '../../metrics/registry.ts'
import type { MetricDefinition as Definition } from '../../metrics/result.ts'
import { builder, FROM_FACTS } from '../builder.ts'
import { LocalizedText } from './text.ts'
import { Better, MetricKey, MetricTopic, MetricUnit } from './vocabulary.ts'

const Benchmark = builder.objectRef<NonNullable<Definition['benchmark']>>('Benchmark').implement({
  description: 'What is published of others, to set a value beside.',
  fields: (t) => ({
    low: t.expose('low', { type: 'Decimal', description: "The figure, or the lower end, in the metric's own unit." }),
    high: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'The upper end; null where it is a single figure.',
      resolve: ({ high }) => high ?? null,
    }),
    source: t.expose('source', { type: LocalizedText, description: 'Who says so.' }),
  }),
})

export const MetricDefinition = builder.objectRef<Definition>('MetricDefinition').implement({
  description: 'What a metric is.',
  fields: (t) => ({
    key: t.field({ type: MetricKey, description: 'Its name in queries.', resolve: ({ key }) => key as Key }), // a registered one
    label: t.expose('label', { type: LocalizedText, description: 'Its name on screen.' }),
    description: t.expose('description', { type: LocalizedText, description: 'What it says, in a sentence.' }),
    formula: t.expose('formula', { type: LocalizedText, description: 'How it is computed.' }),
    unit: t.expose('unit', { type: MetricUnit, description: 'What its value counts.' }),
    better: t.expose('better', { type: Better, description: 'Which direction is good news.' }),
    topic: t.expose('topic', { type: MetricTopic, description: 'What it is about: where lists show it.' }),
    version: t.exposeString('version', { description: 'The set of definitions it belongs to, e.g. nobishiro/1.' }),
    source: t.exposeString('source', { description: 'Where the definition comes from.' }),
    benchmark: t.expose('benchmark', {
      type: Benchmark,
      nullable: true,
      description: 'What is published of others; null where nothing is.',
    }),
    windows: t.intList({
      description: 'Windows in months it may be asked for, the default first; empty when it has none.',
      resolve: ({ windows }) => [...windows],
    }),
  }),
})

builder.queryField('definitions', (t) =>
  t.field({
    extensions: FROM_FACTS,
    type: [MetricDefinition],
    description: 'The registered metrics, in the order in which lists show them.',
    args: { keys: t.arg({ type: [MetricKey], description: 'Only these; all when missing.' }) },
    resolve: (_root, { keys }) => definitions(keys ?? undefined),
  }),
)
