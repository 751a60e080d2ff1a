/** One recorded answer. Lists are recorded whole. */
export interface Recorded {
  variables: Record<string, unknown>
  data: Record<string, unknown>
}

type Load = () => Promise<{ default: unknown }>

/** The recorded answers by operation; each file is loaded when it is first asked for. */
export const recorded: Record<string, Load> = {
  Viewer: () => import('./generated/viewer.json', { with: { type: 'json' } }),
  MetricCards: () => import('./generated/metric-cards.json', { with: { type: 'json' } }),
  Metrics: () => import('./generated/metrics.json', { with: { type: 'json' } }),
  Waterfall: () => import('./generated/waterfall.json', { with: { type: 'json' } }),
  SeatGrowth: () => import('./generated/seat-growth.json', { with: { type: 'json' } }),
  Report: () => import('./generated/report.json', { with: { type: 'json' } }),
  StrategyMix: () => import('./generated/strategy-mix.json', { with: { type: 'json' } }),
  Explain: () => import('./generated/explain.json', { with: { type: 'json' } }),
  Accounts: () => import('./generated/accounts.json', { with: { type: 'json' } }),
  Account: () => import('./generated/account.json', { with: { type: 'json' } }),
  Movements: () => import('./generated/movements.json', { with: { type: 'json' } }),
  Restatements: () => import('./generated/restatements.json', { with: { type: 'json' } }),
  Cohorts: () => import('./generated/cohorts.json', { with: { type: 'json' } }),
  ExpanderRetention: () => import('./generated/expander-retention.json', { with: { type: 'json' } }),
  NrrContribution: () => import('./generated/nrr-contribution.json', { with: { type: 'json' } }),
  LandAndExpand: () => import('./generated/land-and-expand.json', { with: { type: 'json' } }),
  CapacityUse: () => import('./generated/capacity-use.json', { with: { type: 'json' } }),
  Stickiness: () => import('./generated/stickiness.json', { with: { type: 'json' } }),
  DepartmentGrowth: () => import('./generated/department-growth.json', { with: { type: 'json' } }),
  Definitions: () => import('./generated/definitions.json', { with: { type: 'json' } }),
}
