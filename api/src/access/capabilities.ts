/**
 * What a session may be used for: the widgets, the drill from a number to its evidence, browsing accounts and movements,
 * taking data away, and what the vendor itself spends and earns.
 */
export const CAPABILITIES = ['nrr', 'waterfall', 'seats', 'explain', 'accounts', 'export', 'costs'] as const
/** What a session has that names none. What the vendor spends has to be asked for by name. */
export const USUAL_CAPABILITIES: readonly Capability[] = CAPABILITIES.filter((capability) => capability !== 'costs')
export type Capability = (typeof CAPABILITIES)[number]

export function isCapability(name: string): name is Capability {
  return (CAPABILITIES as readonly string[]).includes(name)
}
