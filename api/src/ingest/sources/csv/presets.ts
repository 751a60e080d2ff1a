import { DEFAULT_MAPPING } from './default-mapping.ts'
import { type Mapping, parseMapping } from './mapping.ts'
import ravenstack from './mappings/ravenstack.json' with { type: 'json' }

/** Mappings that come with the product, by the name to import them with. */
export const PRESETS: Readonly<Record<string, Mapping>> = {
  csv: DEFAULT_MAPPING,
  ravenstack: parseMapping(ravenstack, 'mappings/ravenstack.json'),
}
