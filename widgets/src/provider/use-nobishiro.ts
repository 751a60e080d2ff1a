import { type Settings, useSettings } from './settings.ts'

/** The state that all widgets share, for controls of your own. */
export type NobishiroControls = Pick<Settings, 'range' | 'setRange' | 'filter' | 'setFilter' | 'locale'>

/** Reads and sets the shared range and filter. */
export function useNobishiro(): NobishiroControls {
  const { range, setRange, filter, setFilter, locale } = useSettings('useNobishiro')
  return { range, setRange, filter, setFilter, locale }
}
