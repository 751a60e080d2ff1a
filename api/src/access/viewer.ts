import type { SegmentRule } from '../segments/rule.ts'

export type ViewerKind = 'TENANT' | 'SEGMENT' | 'ACCOUNT' | 'PARTNER'

/** One bound of what may be seen; an account must be within all of them. Ids are our own. */
export type Limit =
  | { accountIds: readonly string[] }
  /** In any of these saved segments, as they are when it is asked. */
  | { segmentIds: readonly string[] }
  | { rule: SegmentRule }
  /** Shared with this partner, on the day when it is asked. */
  | { partner: string }

/** Whose eyes. Without limits the whole tenant is seen: that of a TENANT, and of nobody else. */
export type Viewer = { kind: ViewerKind; limits: readonly Limit[] }

export const WHOLE_TENANT: Viewer = { kind: 'TENANT', limits: [] }

/** Whose eyes a partner's are. */
export const partnerViewer = (partner: string): Viewer => ({ kind: 'PARTNER', limits: [{ partner }] })

/** The partner whose credential it is, or whose portal; undefined of the vendor's own. */
export const partnerOf = ({ limits }: Viewer): string | undefined =>
  limits.flatMap((limit) => ('partner' in limit ? [limit.partner] : []))[0]

/** Only the vendor itself: its own affairs are for these eyes alone. */
export const seesWholeTenant = ({ kind, limits }: Viewer): boolean => kind === 'TENANT' && limits.length === 0
