// @vitest-environment node
import { renderToReadableStream } from 'react-dom/server.edge'
import { describe, expect, it } from 'vitest'
import {
  CohortHeatmap,
  ExpansionWaterfall,
  MetricCard,
  NobishiroProvider,
  type NobishiroProviderProps,
  NrrGauge,
  SeatGrowthChart,
  StrategyMix,
} from '../index.ts'

async function html(props: Partial<NobishiroProviderProps> = {}) {
  const stream = await renderToReadableStream(
    <NobishiroProvider sandbox locale="ja" {...props}>
      <NrrGauge />
      <ExpansionWaterfall />
      <SeatGrowthChart />
      <StrategyMix />
      <MetricCard metric="mrr" />
      <MetricCard metric="quickRatio" />
      <CohortHeatmap />
    </NobishiroProvider>,
  )
  await stream.allReady
  return await new Response(stream).text()
}

describe('on a server', () => {
  it('gives pictures and tables as HTML, with the answers beside them', async () => {
    const page = await html()
    expect(page.match(/<section[^>]*nobishiro-state-ready/g)?.length).toBe(7)
    expect(page.match(/<table/g)?.length).toBe(7)
    expect(page).toContain('維持')
    expect(page.match(/data-nobishiro-answers/g)?.length).toBe(7)
  })

  it('puts nothing into the HTML that a strict content security policy refuses', async () => {
    const page = await html()
    expect(page).not.toMatch(/\sstyle="|\son\w+="|javascript:/)
    const scripts = page.match(/<script[^>]*nobishiro[^>]*>/g) ?? []
    expect(scripts.every((script) => script.includes('type="application/json"'))).toBe(true)
  })

  it('themes the first paint where the page gives its nonce, and only there', async () => {
    const theme = { '--nobishiro-accent': 'teal;} body{display:none' } as const
    expect(await html({ theme })).not.toContain('<style')
    const page = await html({ theme, nonce: 'n0nce' })
    expect(page.match(/<style[^>]*nonce="n0nce"[^>]*>[^<]*<\/style>/g)?.length).toBe(7)
    expect(page).toMatch(/\{--nobishiro-accent:teal bodydisplay:none\}/)
  })
})
