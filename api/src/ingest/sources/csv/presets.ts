import { DEFAULT_MAPPING } from './default-mapping.ts'
import { type Mapping, parseMapping } from './mapping.ts'
import baremetrics from './mappings/baremetrics.json' with { type: 'json' }
import chargebee from './mappings/chargebee.json' with { type: 'json' }
import ravenstack from './mappings/ravenstack.json' with { type: 'json' }
import recurly from './mappings/recurly.json' with { type: 'json' }

/** Mappings that come with the product, by the name to import them with. */
export const PRESETS: Readonly<Record<string, Mapping>> = {
  csv: DEFAULT_MAPPING,
  baremetrics: parseMapping(baremetrics, 'mappings/baremetrics.json'),
  chargebee: parseMapping(chargebee, 'mappings/chargebee.json'),
  recurly: parseMapping(recurly, 'mappings/recurly.json'),
  ravenstack: parseMapping(ravenstack, 'mappings/ravenstack.json'),
}
