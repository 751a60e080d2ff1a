import type { LocalizedText as Text } from '../../metrics/vocabulary.ts'
import { builder } from '../builder.ts'

export const LocalizedText = builder.objectRef<Text>('LocalizedText').implement({
  description: 'The same text in English and Japanese.',
  fields: (t) => ({
    en: t.exposeString('en', { description: 'In English.' }),
    ja: t.exposeString('ja', { description: 'In Japanese.' }),
  }),
})
