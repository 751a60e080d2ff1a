import type { Movement, MovementPage } from '../metrics/list-result.ts'

/** A movement and the instant whose knowledge it reflects; its lines are those known then, of the account or of all its members. */
export type KnownMovement = Movement & { asOf?: Date; members?: readonly string[] | undefined }

/** The page with every movement remembering when it was known; as it is when that is now. */
export function knownAt(page: MovementPage, asOf: Date | null | undefined): MovementPage {
  return asOf ? { ...page, items: page.items.map((item): KnownMovement => ({ ...item, asOf })) } : page
}
