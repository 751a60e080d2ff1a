import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { page } from 'vitest/browser'
import { draw, wipe } from './in-browser.tsx'
import { storyList } from './story-list.ts'

const HOSTILE = {
  'everything unset': '* { all: unset }',
  'a reset with element selectors': `
    *, ::before, ::after { box-sizing: border-box; margin: 0; padding: 0; border: 0 solid }
    h1, h2, h3 { font-size: inherit; font-weight: inherit }
    button { font: inherit; background: none; text-transform: uppercase; letter-spacing: 2px }
    table { border-collapse: separate; text-indent: 20px }
    svg { display: inline; vertical-align: middle; max-width: 100% }`,
  'loud element rules': `
    section h2, div p, div ul li { font-size: 40px; color: red; font-family: serif; text-align: right }
    td, th { padding: 20px; background: pink }
    div button { padding: 20px; background: yellow; border: 4px solid blue; border-radius: 99px }
    div svg { width: 40px; height: 40px }
    text { font-size: 40px; fill: red }
    path, rect, circle { fill: pink; stroke: red; stroke-width: 9px }`,
}

const SHOWN = [
  'gauge: ready',
  'gauge: menu',
  'gauge: explain drawer',
  'waterfall: ready',
  'seats: ready',
  'seats: error',
  'cohorts: ready',
  'card: ready',
  'mix: ready',
  'card: less is better, and it rose',
]
const LOOK = storyList.filter(([name]) => SHOWN.includes(name))

let host: HTMLStyleElement | null = null

beforeAll(async () => {
  await page.viewport(1100, 1000)
})

afterEach(() => {
  wipe()
  host?.remove()
  host = null
})

/** Every computed property of every element. */
function stylesOf(elements: Iterable<Element>): string[] {
  return [...elements].map((element) => {
    const style = getComputedStyle(element)
    const properties = [...style].map((name) => `${name}: ${style.getPropertyValue(name)}`)
    // Ids of patterns differ from one drawing to the next.
    return `${element.tagName} ${properties.join('; ')}`.replace(/#nobishiro-[\w-]+/g, '#pattern')
  })
}

/** Place and size of every element, from the widget's corner. */
function boxesOf(elements: Iterable<Element>, origin: Element): string[] {
  const { left, top } = origin.getBoundingClientRect()
  return [...elements].map((element) => {
    const box = element.getBoundingClientRect()
    if (box.width === 0 && box.height === 0) return 'nowhere'
    return [box.left - left, box.top - top, box.width, box.height].map((value) => value.toFixed(2)).join(' ')
  })
}

async function lookOf(story: (typeof LOOK)[number][1], css: string) {
  host = document.createElement('style')
  host.textContent = css
  document.head.append(host)
  const frame = await draw(story, { theme: 'light', width: 480 })
  // The host's own box keeps its place; what is under test is what is inside.
  Object.assign(frame.style, { display: 'block', position: 'absolute', top: '0', left: '0' })
  await new Promise((resolve) => setTimeout(resolve, 50))
  const widget = frame.querySelector('.nobishiro-widget')
  if (!widget) throw new Error('no widget')
  const sheet = frame.querySelector('dialog')
  const elements = widget.querySelectorAll('*')
  const look = { styles: stylesOf(elements), boxes: boxesOf((sheet ?? widget).querySelectorAll('*'), sheet ?? widget) }
  wipe()
  host.remove()
  return look
}

describe.each(LOOK)('%s', (_name, story) => {
  it.each(Object.entries(HOSTILE))('looks the same under %s', async (_kind, css) => {
    const [hostile, calm] = [await lookOf(story, css), await lookOf(story, '')]
    expect(calm.styles.length).toBeGreaterThan(20)
    expect(hostile.boxes).toEqual(calm.boxes)
    const changed = calm.styles.filter((style, index) => style !== hostile.styles[index])
    expect(changed.map((style) => style.slice(0, 80))).toEqual([])
  })
})

describe('the host', () => {
  it('keeps its own styles, and nothing of ours stays behind', async () => {
    const own = document.createElement('div')
    own.innerHTML =
      '<h2>Title</h2><button>Press</button><table><tr><td>1</td></tr></table><svg><text>t</text></svg><dialog open>d</dialog>'
    document.body.append(own)
    const elements = () => document.querySelectorAll('body *').length
    const [before, count] = [stylesOf(own.querySelectorAll('*')), elements()]
    expect(before[0]?.length).toBeGreaterThan(1000)
    for (const [, story] of LOOK) await draw(story)
    expect(stylesOf(own.querySelectorAll('*'))).toEqual(before)
    wipe()
    expect(elements()).toBe(count)
    own.remove()
  })
})
