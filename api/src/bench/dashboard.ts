const MONTHS = '{ start: "2025-11-01", end: "2026-11-01" }'
const VALUES = 'values { period { start } value reason completeness }'

/** What the widgets of a dashboard ask, without names of accounts: those are rows, and none are generated. */
export const DASHBOARD = [
  `{ metrics(keys: [nrr, grr], range: ${MONTHS}) { ${VALUES} total { value } } }`,
  `{ waterfall(population: ALL, range: ${MONTHS}) { opening { minor } closing { minor } steps { key amount { minor } accounts } } }`,
  `{ waterfall(population: COHORT, range: ${MONTHS}) { nrr grr steps { key amount { minor } accounts } } }`,
  `{ seatGrowth(range: ${MONTHS}) { months purchased } }`,
  `{ strategyMix(range: ${MONTHS}) { strategies { strategy amounts { minor } } } }`,
  `{ metrics(keys: [mrr, arr, arpa, expansion, contraction, churn, logoChurnRate, quickRatio], range: ${MONTHS}, compare: PREVIOUS) { ${VALUES} } }`,
]
