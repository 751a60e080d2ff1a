// @vitest-environment node
import { Window } from 'happy-dom'
import type { ReactElement } from 'react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { aCohorts } from './a-cohort.ts'
import { aCard, aSeries } from './a-metric.ts'
import { aSeatGrowth } from './a-seat-growth.ts'
import { aStrategyMix } from './a-strategy-mix.ts'
import { aWaterfall } from './a-waterfall.ts'
import { fakeClient } from './fake-client.ts'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.resetModules()
})

function aClient() {
  const client = fakeClient({
    metrics: [aSeries('nrr', [1.05, 1.124]), aSeries('grr', [0.93, 0.941])],
    waterfall: aWaterfall({ changes: { NEW: 31_200, CHURN: -14_200 } }),
    seatGrowth: aSeatGrowth(),
    strategyMix: aStrategyMix({ SEAT: [1200, 900], UPSELL: [0, 300] }),
    cohorts: aCohorts(),
    cards: [aCard('mrr', [1, 2]), aCard('quickRatio', [1, 2])],
  })
  const asked = (['metrics', 'waterfall', 'seatGrowth', 'strategyMix', 'query'] as const).map((name) =>
    vi.spyOn(client, name),
  )
  return { client, requests: () => asked.reduce((sum, { mock }) => sum + mock.calls.length, 0) }
}

/** The page as modules see it that were loaded where they run: on a server, or in a browser. */
async function aPage(client: ReturnType<typeof fakeClient>): Promise<ReactElement> {
  const { SettingsProvider } = await import('../provider/settings-provider.tsx')
  const { NrrGauge, ExpansionWaterfall, SeatGrowthChart, StrategyMix, MetricCard, CohortHeatmap } = await import(
    '../index.ts'
  )
  return (
    <SettingsProvider client={client} locale="ja">
      <NrrGauge target={1.2} />
      <ExpansionWaterfall />
      <SeatGrowthChart />
      <StrategyMix />
      <MetricCard metric="mrr" />
      <MetricCard metric="quickRatio" />
      <CohortHeatmap />
    </SettingsProvider>
  )
}

async function serverHtml() {
  const { renderToReadableStream } = await import('react-dom/server.edge')
  const { client, requests } = aClient()
  const stream = await renderToReadableStream(await aPage(client))
  await stream.allReady
  return { html: await new Response(stream).text(), requests: requests() }
}

function enterBrowser(html: string): HTMLElement {
  const window = new Window({ url: 'https://console.example/' })
  window.document.body.innerHTML = `<div id="root">${html}</div>`
  vi.stubGlobal('window', window)
  vi.stubGlobal('document', window.document)
  vi.stubGlobal('navigator', window.navigator)
  for (const name of ['HTMLElement', 'SVGElement', 'HTMLIFrameElement', 'Node', 'Event'] as const)
    vi.stubGlobal(name, window[name])
  vi.resetModules()
  return window.document.getElementById('root') as unknown as HTMLElement // happy-dom's element stands in for a browser's
}

describe('a server-rendered page', () => {
  it('becomes live without asking again, and without changing', async () => {
    const { html, requests: onServer } = await serverHtml()
    // Cards travel together.
    expect(onServer).toBe(6)
    const root = enterBrowser(html)
    const before = root.textContent
    const { hydrateRoot } = await import('react-dom/client')
    const { act } = await import('react')
    vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
    const { client, requests } = aClient()
    const errors: unknown[] = []
    const page = await aPage(client)
    await act(async () => {
      hydrateRoot(root, page, { onRecoverableError: (error) => errors.push(error) })
    })
    expect(errors).toEqual([])
    expect(root.textContent).toBe(before)
    expect(root.querySelectorAll('.nobishiro-state-ready').length).toBe(7)
    expect(requests()).toBe(0)
  })
})
