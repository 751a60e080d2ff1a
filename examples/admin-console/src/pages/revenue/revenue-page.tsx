import {
  CohortHeatmap,
  ExpansionWaterfall,
  NobishiroProvider,
  NrrGauge,
  SeatGrowthChart,
  StrategyMix,
} from '@nobishiro/widgets'
import '@nobishiro/widgets/styles.css'
import { fetchSession, url } from '../../client.ts'
import { PageTitle } from '../../parts/page-title.tsx'
import { usePreferences, useText } from '../../preferences.ts'
import { DataThrough } from './data-through.tsx'
import { Figures } from './figures.tsx'

/** Retention, expansion, how it was made, seats and cohorts: the widgets under the console's own figures. */
export default function RevenuePage() {
  const text = useText()
  const { locale, theme } = usePreferences()
  return (
    <>
      <PageTitle title={text.revenue.title}>
        <DataThrough />
      </PageTitle>
      <Figures />
      <NobishiroProvider session={fetchSession} url={url} locale={locale} theme={theme} live>
        <div className="widgets">
          <NrrGauge />
          <ExpansionWaterfall />
        </div>
        <div className="widgets-below">
          <StrategyMix />
          <SeatGrowthChart />
          <CohortHeatmap />
        </div>
      </NobishiroProvider>
    </>
  )
}
