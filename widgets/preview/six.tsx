import { createRoot } from 'react-dom/client'
import { ExpansionWaterfall, MetricCard, NobishiroProvider, NrrGauge, SeatGrowthChart } from '../src/index.ts'
import '../src/styles.css'

/** Asks the page's own server for a session. */
const fetchSession = () => fetch('/session', { method: 'POST' }).then((answer) => answer.json())

/** The page that `pnpm bench browser` opens: six widgets on what its server serves, with ?cards six cards. */
function Six() {
  const cards = (
    <>
      <MetricCard metric="mrr" />
      <MetricCard metric="expansion" />
      <MetricCard metric="churn" />
    </>
  )
  const others = location.search.includes('cards') ? (
    <>
      <MetricCard metric="arr" />
      <MetricCard metric="arpa" />
      <MetricCard metric="quickRatio" />
    </>
  ) : (
    <>
      <NrrGauge />
      <ExpansionWaterfall />
      <SeatGrowthChart />
    </>
  )
  return (
    <NobishiroProvider session={fetchSession} url="/graphql" live>
      {cards}
      {others}
    </NobishiroProvider>
  )
}

createRoot(document.getElementById('six') as HTMLElement).render(<Six />) // six.html has it
