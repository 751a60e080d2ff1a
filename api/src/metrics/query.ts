import type { ExpansionStrategy, MovementKind } from '../facts/kind.ts'
import type { Month, MonthRange } from '../facts/month.ts'
import type { FactQuery } from './question.ts'
import type { MetricKey } from './registry.ts'
import type { Bucket, Compare, StickinessBy, WaterfallPopulation } from './vocabulary.ts'

/** What every question over time carries. */
export type SeriesQuery = FactQuery & {
  /** The last 12 complete months when absent. */
  range?: MonthRange | undefined
  bucket?: Bucket | undefined
  compare?: Compare | undefined
}

export type MetricQuery = SeriesQuery & {
  keys: readonly MetricKey[]
  /** Months; each metric's default when absent. */
  window?: number | undefined
}

export type WaterfallQuery = FactQuery & {
  population: WaterfallPopulation
  /** The last complete month when absent. */
  range?: MonthRange | undefined
  /** COHORT: 12 when absent. */
  window?: number | undefined
}

export type SeatGrowthQuery = Omit<FactQuery, 'currency' | 'view'> & { range?: MonthRange | undefined }
export type StrategyMixQuery = FactQuery & { range?: MonthRange | undefined; bucket?: Bucket | undefined }

export type NrrContributionQuery = Omit<FactQuery, 'view'> & {
  range?: MonthRange | undefined
  /** 12 when absent. */
  window?: number | undefined
}

export type CapacityQuery = Omit<FactQuery, 'view' | 'currency'> & {
  /** The last complete month when absent. */
  at?: Month | undefined
}

export type StickinessQuery = Omit<FactQuery, 'view'> & {
  by: StickinessBy
  /** The last 12 complete months when absent. */
  range?: MonthRange | undefined
}

export type LandingQuery = Omit<FactQuery, 'view'> & {
  /** The last complete month when absent. */
  at?: Month | undefined
}

export type ExplainQuery = FactQuery &
  Page & {
    key: MetricKey
    /** A month unless it says WEEK. */
    bucket?: Extract<Bucket, 'MONTH' | 'WEEK'> | undefined
    /** The last complete month, or week, when absent. */
    at?: Month | undefined
    window?: number | undefined
  }

/** The 12 last complete months when `range` is absent. */
export type PartnerQuery = FactQuery & Page & { range?: MonthRange | undefined }

/** `limit` items from `offset` on. */
export type Page = { offset?: number | undefined; limit?: number | undefined }

export type MovementQuery = Omit<FactQuery, 'where'> &
  Page & {
    where?:
      | {
          range?: MonthRange | undefined
          kinds?: readonly MovementKind[] | undefined
          strategies?: readonly ExpansionStrategy[] | undefined
          accountIds?: readonly string[] | undefined
        }
      | undefined
    orderBy?: { field: 'MONTH' | 'AMOUNT'; direction?: 'ASC' | 'DESC' | undefined } | undefined
  }

export type AccountFactsQuery = Omit<FactQuery, 'where' | 'view'> &
  Page & {
    where?:
      | {
          /** Part of the name or of the id, in any case. */
          search?: string | undefined
          ids?: readonly string[] | undefined
          region?: readonly string[] | undefined
          planId?: readonly string[] | undefined
          /** Sets of accounts of this very store: 1 where one belongs. */
          within?: readonly Uint8Array[] | undefined
          paying?: boolean | undefined
        }
      | undefined
    orderBy?: { field: 'NAME' | 'MRR' | 'EXPANSION' | 'SEATS'; direction?: 'ASC' | 'DESC' | undefined } | undefined
  }
