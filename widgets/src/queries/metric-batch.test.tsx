import { ForbiddenError, type MetricCardsQueryVariables, type MetricKey, NetworkError } from '@nobishiro/sdk'
import { cleanup, render, screen, waitFor } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { SettingsProvider } from '../provider/settings-provider.tsx'
import { aCard } from '../testing/a-metric.ts'
import { fakeClient } from '../testing/fake-client.ts'
import { MetricCard } from '../widgets/metric-card/metric-card.tsx'
import { askMetricCard } from './metric-batch.ts'

afterEach(cleanup)

const KEYS: MetricKey[] = [
  ...(['mrr', 'arr', 'arpa', 'nrr', 'grr', 'seats'] as const),
  ...(['new', 'expansion', 'contraction', 'churn', 'quickRatio', 'fx'] as const),
]
const cards = KEYS.map((key, index) => aCard(key, [index + 1, index + 2], { unit: 'COUNT' }))

/** A client that counts what it is asked, and refuses requests with one of these metrics. */
function aClient(refused: MetricKey[] = [], error: Error = new ForbiddenError('Not this one.')) {
  const client = fakeClient({ cards })
  const asked: MetricKey[][] = []
  const answer = client.query
  client.query = (document, ...rest) => {
    const { keys } = rest[0] as unknown as MetricCardsQueryVariables // of the one document that is asked
    asked.push([keys].flat())
    return [keys].flat().some((key) => refused.includes(key)) ? Promise.reject(error) : answer(document, ...rest)
  }
  return { client, asked }
}

const never = new AbortController().signal
const ask = (client: ReturnType<typeof fakeClient>, keys: MetricKey[], compare: 'PREVIOUS' | 'YEAR_AGO' = 'PREVIOUS') =>
  Promise.allSettled(keys.map((key) => askMetricCard(client, key, { compare }, never)))
const keyOf = (result: PromiseSettledResult<Awaited<ReturnType<typeof askMetricCard>>>) =>
  result.status === 'fulfilled' ? result.value.definition.key : String(result.reason)

describe('cards of one page', () => {
  it('twelve of them are one request, and a second one of the same metric costs nothing', async () => {
    const { client, asked } = aClient()
    render(
      <SettingsProvider client={client}>
        {KEYS.map((key) => (
          <MetricCard key={key} metric={key} />
        ))}
        <MetricCard metric="mrr" />
      </SettingsProvider>,
    )
    await waitFor(() => expect(document.querySelectorAll('.nobishiro-state-ready').length).toBe(13))
    expect(asked).toEqual([KEYS])
    expect(screen.getAllByRole('region', { name: 'MRR' }).length).toBe(2)
  })

  it('get each its own answer, in whichever order they ask', async () => {
    const { client, asked } = aClient()
    const wanted = KEYS.toReversed()
    expect((await ask(client, wanted)).map(keyOf)).toEqual(wanted)
    expect(asked).toEqual([wanted])
  })

  it('with another comparison are another request', async () => {
    const { client, asked } = aClient()
    await Promise.all([ask(client, ['mrr', 'arr']), ask(client, ['mrr', 'nrr'], 'YEAR_AGO')])
    expect(asked).toEqual([
      ['mrr', 'arr'],
      ['mrr', 'nrr'],
    ])
  })
})

describe('a metric that the viewer may not see', () => {
  it('is denied alone: each of the others is asked for again', async () => {
    const { client, asked } = aClient(['nrr'])
    const found = await ask(client, KEYS)
    expect(found.map(keyOf)).toEqual(KEYS.map((key) => (key === 'nrr' ? 'NobishiroError: Not this one.' : key)))
    expect(asked).toEqual([KEYS, ...KEYS.map((key) => [key])])
  })

  it('a fault that is of the whole request is not asked about twice', async () => {
    const { client, asked } = aClient(['nrr'], new NetworkError('Gone.'))
    const found = await ask(client, KEYS)
    expect(new Set(found.map(({ status }) => status))).toEqual(new Set(['rejected']))
    expect(asked.length).toBe(1)
  })
})

describe('a card that goes away', () => {
  it('before it is asked for is not asked for', async () => {
    const { client, asked } = aClient()
    const gone = new AbortController()
    void askMetricCard(client, 'arr', { compare: 'PREVIOUS' }, gone.signal)
    gone.abort()
    await ask(client, ['mrr'])
    expect(asked).toEqual([['mrr']])
  })

  it('takes the request with it only when it was the last', async () => {
    const client = fakeClient({ cards: 'pending' })
    const query = vi.spyOn(client, 'query')
    const [first, second] = [new AbortController(), new AbortController()]
    void askMetricCard(client, 'mrr', { compare: 'PREVIOUS' }, first.signal)
    void askMetricCard(client, 'arr', { compare: 'PREVIOUS' }, second.signal)
    await waitFor(() => expect(query).toHaveBeenCalledTimes(1))
    const [, , options] = query.mock.calls[0] as unknown as [unknown, unknown, { signal: AbortSignal }] // as it was called
    first.abort()
    expect(options.signal.aborted).toBe(false)
    second.abort()
    expect(options.signal.aborted).toBe(true)
  })
})
