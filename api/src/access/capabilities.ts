/**
 * What a session may be used for: the widgets, the drill from a number to its evidence, browsing accounts and movements,
 * and taking data away.
 */
export const CAPABILITIES = ['nrr', 'waterfall', 'seats', 'explain', 'accounts', 'export'] as const
export type Capability = (typeof CAPABILITIES)[number]

export function isCapability(name: string): name is Capability {
  return (CAPABILITIES as readonly string[]).includes(name)
}
