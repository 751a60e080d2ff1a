/** Facts beside revenue that files can hold, with their fields. */
const required = <T extends string>(type: T) => ({ type, isRequired: true }) as const
const optional = <T extends string>(type: T) => ({ type, isRequired: false }) as const

export const OBSERVED_KINDS = [
  'entitlements',
  'features',
  'integrations',
  'contacts',
  'satisfaction',
  'tickets',
  'spend',
  'invoice-lines',
] as const
export type ObservedKind = (typeof OBSERVED_KINDS)[number]

const ofAccount = { account: required('id'), day: required('day') }

export const OBSERVED_FIELDS = {
  entitlements: { ...ofAccount, metric: required('label'), limit: required('quantity') },
  features: { ...ofAccount, feature: required('label'), adopted: optional('boolean'), quantity: optional('quantity') },
  integrations: { ...ofAccount, integration: required('label'), connected: optional('boolean') },
  contacts: { ...ofAccount, contact: required('id'), name: optional('text'), role: optional('label') },
  satisfaction: {
    ...ofAccount,
    response: required('id'),
    survey: required('label'),
    score: required('quantity'),
    contact: optional('id'),
  },
  tickets: {
    ...ofAccount,
    ticket: required('id'),
    subject: optional('text'),
    priority: optional('label'),
    closedOn: optional('day'),
  },
  spend: {
    month: required('month'),
    category: required('label'),
    amount: required('decimal'),
    currency: required('currency'),
  },
  'invoice-lines': {
    ...ofAccount,
    invoice: required('id'),
    line: optional('id'),
    name: required('label'),
    amount: required('decimal'),
    currency: required('currency'),
    quantity: optional('quantity'),
    recurring: optional('boolean'),
  },
} as const
