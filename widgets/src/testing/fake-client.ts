import type {
  Cohorts,
  Explanation,
  MetricCard,
  MetricCardsQueryVariables,
  MetricSeries,
  MovementPage,
  Query,
  SeatGrowth,
  SessionSnapshot,
  StrategyMix,
  Waterfall,
} from '@nobishiro/sdk'
import type { WidgetClient } from '../provider/client.ts'

/** An answer, a fault, or nothing for ever. */
export type Answer<T> = T | Error | 'pending'

export interface Answers {
  /** Cards of any metric; those that are asked for are answered. */
  cards?: Answer<MetricCard[]>
  cohorts?: Answer<Cohorts>
  metrics?: Answer<MetricSeries[]>
  waterfall?: Answer<Waterfall>
  seatGrowth?: Answer<SeatGrowth>
  strategyMix?: Answer<StrategyMix>
  explain?: Answer<Explanation> | ((after: string | null | undefined) => Explanation)
  movements?: Answer<MovementPage>
}

function settle<T>(answer: Answer<T> | undefined): Promise<T> {
  if (answer === undefined || answer === 'pending') return new Promise(() => {})
  return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)
}

const ready: SessionSnapshot = { state: 'ready', expiresAt: null, sessionId: null, error: null }

/** A client that answers from memory. */
export function fakeClient(answers: Answers): WidgetClient {
  const { explain, movements } = answers
  const query: Query = async (document, ...[variables]) => {
    if (String(document).startsWith('Cohorts@')) return { cohorts: await settle(answers.cohorts) } as never
    const { keys } = variables as unknown as MetricCardsQueryVariables // no other document is brought
    const cards = await settle(answers.cards)
    return { metrics: [keys].flat().map((key) => cards.find(({ definition }) => definition.key === key)) } as never
  }
  return {
    query,
    metrics: () => settle(answers.metrics),
    waterfall: () => settle(answers.waterfall),
    seatGrowth: () => settle(answers.seatGrowth),
    strategyMix: () => settle(answers.strategyMix),
    explain: ({ after }) => (typeof explain === 'function' ? settle(explain(after)) : settle(explain)),
    movements: {
      page: () => settle(movements),
      async *all() {
        for (const { node } of (await settle(movements)).edges) yield node
      },
    },
    watch: async () => {},
    session: { snapshot: () => ready, subscribe: () => () => {}, renew: async () => {}, close: () => {} },
    close: () => {},
  }
}
