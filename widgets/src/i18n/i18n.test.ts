import { describe, expect, it } from 'vitest'
import { drawerTexts } from '../explain/drawer-text.ts'
import { cohortWords } from '../widgets/cohort-heatmap/cohort-words.ts'
import { cardWords } from '../widgets/metric-card/card-words.ts'
import { gaugeWords } from '../widgets/nrr-gauge/gauge-words.ts'
import { seatWords } from '../widgets/seat-growth-chart/seat-words.ts'
import { mixWords } from '../widgets/strategy-mix/mix-words.ts'
import { en } from './en.ts'
import { ja } from './ja.ts'
import { languageOf, termsOf } from './messages.ts'

/** Every leaf of a catalogue with its path. */
function leaves(value: object, path = ''): [path: string, leaf: unknown][] {
  return Object.entries(value).flatMap(([key, leaf]) =>
    typeof leaf === 'object' && leaf !== null
      ? leaves(leaf, `${path}${key}.`)
      : [[`${path}${key}`, leaf] as [string, unknown]],
  )
}

/** A text, or a message called with as many placeholders as it takes. */
const spoken = (leaf: unknown) =>
  typeof leaf === 'function' ? String(leaf(...Array(leaf.length).fill('1'))) : String(leaf)

/** Latin words that Japanese texts share with English. */
const SHARED = /MRR|NRR|CSV|SVG|PNG/g

describe.each([
  ['of the widgets', { en, ja }],
  ['of the drawer', drawerTexts],
  ['of the gauge', gaugeWords],
  ['of the card', cardWords],
  ['of the seats', seatWords],
  ['of the strategy mix', mixWords],
  ['of the cohorts', cohortWords],
])('catalogues %s', (_of, { en, ja }) => {
  it('have the same keys', () => {
    expect(
      leaves(ja)
        .map(([path]) => path)
        .sort(),
    ).toEqual(
      leaves(en)
        .map(([path]) => path)
        .sort(),
    )
  })
  it('have no empty text', () => {
    for (const catalogue of [en, ja]) {
      expect(leaves(catalogue).filter(([, leaf]) => spoken(leaf) === '')).toEqual([])
    }
  })
  it('do not mix languages', () => {
    const english = leaves(ja).filter(([, leaf]) => /[A-Za-z]{2,}/.test(spoken(leaf).replace(SHARED, '')))
    expect(english).toEqual([])
    const japanese = leaves(en).filter(([, leaf]) => /[\u3040-\u9fff]/.test(spoken(leaf)))
    expect(japanese).toEqual([])
  })
})

describe('languages and terms', () => {
  it.each([
    ['ja', 'ja'],
    ['ja-JP', 'ja'],
    ['en', 'en'],
    ['en-GB', 'en'],
    ['de', 'en'],
    ['jam', 'en'],
  ])('%s speaks %s', (locale, language) => expect(languageOf(locale)).toBe(language))
  it('lets the tenant choose its words', () => {
    expect(termsOf('ja', undefined).nrr).toBe('売上継続率')
    expect(termsOf('ja', '売上維持率').nrr).toBe('売上維持率')
    expect(termsOf('ja', 'ネットレベニューリテンション').grr).toBe('グロスレベニューリテンション')
    expect(termsOf('en', { nrr: 'Net dollar retention' })).toEqual({
      nrr: 'Net dollar retention',
      grr: 'Gross revenue retention',
    })
    expect(termsOf('en', '売上維持率').nrr).toBe('Net revenue retention')
  })
})
