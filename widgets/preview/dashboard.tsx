import { useEffect } from 'react'
import { ExpansionWaterfall, NobishiroProvider, NrrGauge, SeatGrowthChart, StrategyMix } from '../src/index.ts'

/** The widgets together on the built-in sample tenant: ?view=dashboard&theme=dark&locale=ja */
export function Dashboard({ query }: { query: URLSearchParams }) {
  const theme = query.get('theme') === 'dark' ? 'dark' : 'light'
  useEffect(() => {
    document.body.dataset['theme'] = theme
  }, [theme])
  return (
    <NobishiroProvider sandbox theme={theme} locale={query.get('locale') ?? 'en'} timeZone="Asia/Tokyo">
      <main className="dashboard">
        <NrrGauge target={1.2} />
        <ExpansionWaterfall />
        <SeatGrowthChart />
        <StrategyMix />
        <ExpansionWaterfall population="COHORT" />
      </main>
    </NobishiroProvider>
  )
}
