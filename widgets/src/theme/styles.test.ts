// @vitest-environment node
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'

const src = join(import.meta.dirname, '..')
const entry = readFileSync(join(src, 'styles.css'), 'utf8')
const filesEnding = (end: string) =>
  readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith(end))
const files = filesEnding('.css').filter((file) => basename(file) !== 'styles.css')

/** Selectors of all rules; comments, steps of animations and conditions left out. */
function selectorsOf(css: string): string[] {
  const plain = css.replace(/\/\*[\s\S]*?\*\//g, '').replace(/@keyframes[^{]+\{(?:[^{}]*\{[^{}]*\})*\s*\}/g, '')
  return [...plain.matchAll(/([^{}@;]+)\{/g)]
    .map(([, selector = '']) => selector.trim())
    .filter(
      (selector) => selector !== '' && !/^\(|^(media|container)\b|width|preference|reduce|active|print/.test(selector),
    )
    .flatMap((selector) => selector.split(',').map((part) => part.trim()))
}

describe('the stylesheet', () => {
  it('imports every file, the isolation first, in no layer', () => {
    const imported = [...entry.matchAll(/@import ["']\.\/(.+)["'];/g)].map(([, file]) => file)
    expect([...imported].sort()).toEqual([...files].sort())
    expect(imported[0]).toBe('theme/isolation.css')
    expect(entry).not.toMatch(/layer/)
  })

  it.each(files)('doubles every class and names no element: %s', (file) => {
    for (const selector of selectorsOf(readFileSync(join(src, file), 'utf8'))) {
      const subject = selector.split(/[\s>]+/).at(-1) ?? ''
      if (subject.startsWith('[class^=')) continue
      expect(subject, selector).toMatch(/^\.(nobishiro-[\w-]+)\.\1/)
      expect(selector, selector).not.toMatch(/(^|[\s>])[a-z]/)
    }
  })

  it('has no rule for a class that nothing has', () => {
    const scripts = filesEnding('.tsx').map((file) => readFileSync(join(src, file), 'utf8'))
    const used = scripts.join('\n')
    const styled = files.flatMap((file) => selectorsOf(readFileSync(join(src, file), 'utf8')))
    const classes = new Set(
      styled.flatMap((selector) => [...selector.matchAll(/\.(nobishiro-[\w-]+)/g)].map(([, name = '']) => name)),
    )
    const unused = [...classes].filter(
      (name) =>
        !used.includes(name) && !/-(tint|scheme|state|strategy)-|svg-(ink|accent|soft|loss|neutral)$/.test(name),
    )
    expect(unused).toEqual([])
  })
})
