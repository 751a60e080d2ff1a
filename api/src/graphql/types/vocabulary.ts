import { expansionStrategies, movementKinds } from '../../facts/kind.ts'
import { ITEM_KINDS, SUBSCRIPTION_STATUSES } from '../../ingest/event.ts'
import { metricKeys } from '../../metrics/registry.ts'
import { nettings, quickRatios, reactivationKinds, retentionCurrencies, viewPresets } from '../../metrics/view.ts'
import {
  betters,
  buckets,
  columnTypes,
  compares,
  completenesses,
  landings,
  metricTopics,
  metricUnits,
  undefinedReasons,
  waterfallPopulations,
  waterfallStepKeys,
} from '../../metrics/vocabulary.ts'
import { builder } from '../builder.ts'

export const Bucket = builder.enumType('Bucket', {
  description: 'Length of one step of the time axis. The first and the last quarter or year are cut to the range.',
  values: describe(buckets, {
    WEEK: 'A week from Monday to Sunday: an account has one movement in it. Of metrics that are made of whole months there is none.',
    MONTH: 'A calendar month.',
    QUARTER: "A quarter of the tenant's fiscal year.",
    YEAR: "The tenant's fiscal year as it is set today, also of facts as of an instant: begins with `Tenant.fiscalYearStart`.",
  }),
})
export const AccountLevel = builder.enumType('AccountLevel', {
  description: 'Whose MRR is compared.',
  values: {
    ACCOUNT: { description: 'Each account by itself.' },
    PARENT: {
      description: 'Ultimate parents with all that belongs to them at the end of the range, at both ends alike.',
    },
  } as const,
})
export const Compare = builder.enumType('Compare', {
  values: compares,
  description: 'What a value is set beside: the period just before it, or the same one a year earlier.',
})
export const Completeness = builder.enumType('Completeness', {
  description: 'Whether a period can still change.',
  values: describe(completenesses, {
    COMPLETE: 'The period is over and every source has passed its end.',
    PARTIAL: 'Today lies in the period, or a source has not passed its end.',
    RESTATED: 'Changed after it was closed.',
  }),
})
export const ExpansionStrategy = builder.enumType('ExpansionStrategy', {
  description: 'How an account grew.',
  values: describe(expansionStrategies, {
    UPSELL: 'A higher plan of the same product.',
    CROSS_SELL: 'A product that the account did not hold.',
    SEAT: 'More seats.',
    USAGE: 'More use of something metered.',
    GEOGRAPHIC: 'A region, site or unit that did not have the product.',
    FEATURE: 'A paid add-on, or a free feature that became paid.',
    CONTRACT_VALUE: 'Another price for the same thing: renewal, price change, discount, term.',
  }),
})
export const MovementKind = builder.enumType('MovementKind', {
  description: "What an account's change of MRR in a month, or on a day, is called; cases of zero come first.",
  values: describe(movementKinds, {
    NEW: 'From zero, never paid before.',
    EXPANSION: 'Up from above zero.',
    CONTRACTION: 'Down to above zero.',
    CHURN: 'Down to zero.',
    REACTIVATION: 'From zero, paid before.',
    FX: 'Made by exchange rates: stands beside the movement of its month.',
  }),
})
export const MonthCloser = builder.enumType('MonthCloser', {
  description: 'What closed a month.',
  values: {
    PERSON: { description: 'Somebody, by the command or the mutation.' },
    WATERMARK: { description: 'Every source had passed its end, and five days had gone by.' },
  } as const,
})
export const MetricUnit = builder.enumType('MetricUnit', {
  description: 'What a number counts.',
  values: describe(metricUnits, {
    MONEY: 'An amount of the currency, in major units.',
    RATIO: 'A share of one: 1.124 is 112.4 %.',
    COUNT: 'A number of things.',
    MULTIPLE: 'How many times.',
    NUMBER: 'A number with decimals, such as months.',
  }),
})
export const Better = builder.enumType('Better', {
  description: 'Which direction of a metric is good news.',
  values: describe(betters, {
    HIGHER: 'More is better.',
    LOWER: 'Less is better.',
    NEITHER: 'It depends: a change is neither good nor bad by itself.',
  }),
})
export const MetricTopic = builder.enumType('MetricTopic', {
  description: 'What a metric is about: where lists of metrics show it.',
  values: describe(metricTopics, {
    REVENUE: 'How much recurs.',
    RETENTION: 'What is kept of it.',
    GROWTH: 'What is won and lost.',
    ACCOUNTS: 'Who pays.',
    SEATS: 'How many use it.',
  }),
})
export const DimensionKind = builder.enumType('DimensionKind', {
  description: 'What an answer can be parted by.',
  values: {
    ATTRIBUTE: {
      description: 'An attribute of accounts, as it is now; its name is `key`. Not for viewers of some accounts.',
    },
    PLAN: {
      description:
        'Plans: of NRR and its like, the accounts that held the plan at the start and all they hold of its product.',
    },
    PRODUCT: { description: 'Products, at both ends.' },
    REGION: { description: 'Regions of items, at both ends.' },
    CURRENCY: { description: 'Currencies of items, at both ends.' },
    STRATEGY: { description: 'How accounts grew: expansion, contraction and their rates only.' },
    PARENT: { description: 'Ultimate parents at the end of the range. Not for viewers of some accounts.' },
    COHORT: { description: 'First month with revenue.' },
    SEGMENT: {
      description:
        'Saved segments, which may overlap; those of where.segmentIds when it is given. Not for viewers of some accounts.',
    },
  } as const,
})
export const ReportColumnType = builder.enumType('ReportColumnType', {
  description: 'What the cells of a column hold.',
  values: describe(columnTypes, {
    TEXT: 'A text, or a global id.',
    DATE: 'A first day of a month.',
    DECIMAL: 'An exact decimal; money in major units.',
    INTEGER: 'A whole number.',
  }),
})
export const Landing = builder.enumType('Landing', {
  description: 'What the running total of spans ends at.',
  values: describe(landings, {
    DIFFERENCE: 'Numerator less denominator.',
    NUMERATOR: 'The numerator.',
  }),
})
export const UndefinedReason = builder.enumType('UndefinedReason', {
  description: 'Why a value is not defined.',
  values: describe(undefinedReasons, {
    NO_OPENING_MRR: 'Nothing was paid at the start.',
    NOT_ENOUGH_HISTORY: 'The data begins later than the window.',
    NO_LOSS: 'Nothing was lost, so nothing can be divided by it.',
    NO_SPEND: 'No spend is known.',
    NO_EXPANSION: 'Nothing expanded.',
    NO_GROSS_MARGIN: 'No gross margin is known.',
    NO_RATE: 'An exchange rate is missing.',
    TOO_FEW_ACCOUNTS: 'Too few accounts to say.',
    NO_PAYING_ACCOUNTS: 'No account pays.',
    NO_SEATS: 'There are no seats to compare with.',
    NO_USAGE: 'Nothing was reported.',
    NO_LIMIT: 'No limit is known.',
  }),
})
export const MetricKey = builder.enumType('MetricKey', {
  values: metricKeys,
  description: 'A registered metric; `definitions` says what each one is.',
})
export const WaterfallPopulation = builder.enumType('WaterfallPopulation', {
  description: 'Whose MRR a waterfall follows.',
  values: describe(waterfallPopulations, {
    ALL: 'Every account, period by period, including accounts won in the period.',
    COHORT: 'The accounts that paid at the start of the window, point to point: what NRR is made of.',
  }),
})
export const WaterfallStepKey = builder.enumType('WaterfallStepKey', {
  description: 'A step of a waterfall.',
  values: describe(waterfallStepKeys, {
    OPENING: 'MRR at the start.',
    NEW: 'Won from accounts that never paid before.',
    EXPANSION: 'Gained from paying accounts.',
    REACTIVATION: 'Won back.',
    CONTRACTION: 'Lost from accounts that still pay.',
    CHURN: 'Lost with accounts that left.',
    FX: 'Made by exchange rates.',
    TRANSFER: 'Moved into or out of the slice while the account stood still.',
    EXPANDED: 'COHORT: gained from accounts that stayed.',
    CONTRACTED: 'COHORT: lost from accounts that stayed.',
    LOST: 'COHORT: lost with accounts at zero at the end.',
    CLOSING: 'MRR at the end.',
  }),
})
export const AccountOrderField = builder.enumType('AccountOrderField', {
  description: 'What accounts are ordered by.',
  values: {
    NAME: { description: 'Name.' },
    MRR: { description: 'MRR now.' },
    EXPANSION: { description: 'Expansion over the 12 last complete months.' },
    SEATS: { description: 'Purchased seats now.' },
  } as const,
})
export const MovementOrderField = builder.enumType('MovementOrderField', {
  description: 'What movements are ordered by.',
  values: {
    MONTH: { description: 'Month, and where the view nets by event the day in it.' },
    AMOUNT: { description: 'Amount.' },
  } as const,
})
export const OrderDirection = builder.enumType('OrderDirection', {
  description: 'Which end comes first.',
  values: { ASC: { description: 'Smallest first.' }, DESC: { description: 'Largest first.' } } as const,
})
export const ViewPreset = builder.enumType('ViewPreset', {
  description: 'A set of options of a view.',
  values: describe(viewPresets, {
    NOBISHIRO:
      'Our definitions: by month, reactivation after any gap, quick ratio without it, retention in constant currency.',
    STRIPE_LIKE: 'As Stripe Billing lists changes of MRR: one by one as they happen.',
    CHARTMOGUL_LIKE: 'As ChartMogul lists activities: one by one as they happen; quick ratio with reactivation.',
  }),
})
export const Netting = builder.enumType('Netting', {
  description: 'What one movement is.',
  values: describe(nettings, {
    MONTH: 'All changes of an account in a month; in a week where the bucket is WEEK.',
    EVENT: "All changes of an account on a day, in the tenant's time zone.",
  }),
})
export const ReactivationKind = builder.enumType('ReactivationKind', {
  description: 'What an account is called that pays again.',
  values: describe(reactivationKinds, {
    REACTIVATION: 'A movement of its own kind, without strategies.',
    EXPANSION: 'Expansion, with the strategies of its lines.',
  }),
})
export const QuickRatioGain = builder.enumType('QuickRatioGain', {
  description: 'What the quick ratio counts as gained.',
  values: describe(quickRatios, {
    NEW_AND_EXPANSION: 'New and expansion.',
    WITH_REACTIVATION: 'New, expansion and reactivation.',
  }),
})
export const RetentionCurrency = builder.enumType('RetentionCurrency', {
  description: 'At which exchange rates NRR and GRR compare two closes.',
  values: describe(retentionCurrencies, {
    CONSTANT: 'Both at the rates of the first: rates make no difference.',
    SPOT: 'Each at its own: what rates made counts as grown or lost.',
  }),
})
export const ViewerKind = builder.enumType('ViewerKind', {
  description: 'Who looks.',
  values: {
    TENANT: { description: 'The vendor: every account.' },
    SEGMENT: { description: 'Whoever looks after some accounts: those of segments, or of the filters of a session.' },
    ACCOUNT: { description: 'A customer of the vendor: its own accounts only.' },
    PARTNER: { description: 'A partner of the vendor: the accounts that are shared with it.' },
  } as const,
})
export const SubscriptionStatus = builder.enumType('SubscriptionStatus', {
  values: SUBSCRIPTION_STATUSES,
  description: 'Where a subscription stands, as its source last said.',
})
export const ItemKind = builder.enumType('ItemKind', {
  description: 'What sort of thing an item sells.',
  values: describe(ITEM_KINDS, {
    LICENCE: 'A plan, often by the seat.',
    METERED: 'Billed by use.',
    ADD_ON: 'Something on top of a plan.',
    SERVICE: 'Work that does not recur: not MRR.',
  }),
})

function describe<const Name extends string>(_names: readonly Name[], descriptions: Record<Name, string>) {
  return Object.fromEntries(
    Object.entries<string>(descriptions).map(([name, description]) => [name, { description }]),
  ) as Record<Name, { description: string }> // the same names
}
