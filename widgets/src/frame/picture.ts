import { download, downloadText } from './download.ts'

const PAINT = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-opacity',
  'stroke-dasharray',
  'stroke-linejoin',
  'font-family',
  'font-size',
  'font-weight',
  'letter-spacing',
] as const

/** The visible pictures of a widget, from top to bottom. */
export function pictureIn(root: HTMLElement | null): SVGSVGElement[] {
  const all = [...(root?.querySelectorAll<SVGSVGElement>('.nobishiro-body svg.nobishiro-svg') ?? [])]
  return all.filter((svg) => svg.getBoundingClientRect().width > 0 && !svg.parentElement?.closest('svg'))
}

/** A copy that looks the same without the stylesheet. */
function standalone(svg: SVGSVGElement): SVGSVGElement {
  const copy = svg.cloneNode(true) as SVGSVGElement // a clone of an svg element is one
  const from = [svg, ...svg.querySelectorAll('*')]
  for (const [index, element] of [copy, ...copy.querySelectorAll('*')].entries()) {
    const source = from[index]
    if (!source) continue
    const style = getComputedStyle(source)
    for (const name of PAINT) element.setAttribute(name, style.getPropertyValue(name))
    for (const name of ['class', 'tabindex', 'role', 'aria-label']) element.removeAttribute(name)
  }
  return copy
}

/** Place and size on the page, with what scrolls inside a widget back at its start. */
function boxOf(svg: SVGSVGElement): DOMRect {
  const { x, y, width, height } = svg.getBoundingClientRect()
  return new DOMRect(x + (svg.parentElement?.scrollLeft ?? 0), y, width, height)
}

/** All pictures of a widget in one SVG document, placed as on the page, on the widget's paper. */
export function composeSvg(pictures: SVGSVGElement[]): { text: string; width: number; height: number } {
  const boxes = pictures.map(boxOf)
  const left = Math.min(...boxes.map((box) => box.left))
  const top = Math.min(...boxes.map((box) => box.top))
  const margin = 16
  const width = Math.ceil(Math.max(...boxes.map((box) => box.right)) - left) + 2 * margin
  const height = Math.ceil(Math.max(...boxes.map((box) => box.bottom)) - top) + 2 * margin
  const card = pictures[0]?.closest('.nobishiro-card')
  const paper = card ? getComputedStyle(card).backgroundColor : 'white'
  const parts = pictures.map((svg, index) => {
    const copy = standalone(svg)
    const box = boxes[index] as DOMRect // one box per picture
    copy.setAttribute('x', String(box.left - left + margin))
    copy.setAttribute('y', String(box.top - top + margin))
    copy.setAttribute('width', String(box.width))
    copy.setAttribute('height', String(box.height))
    copy.setAttribute('overflow', 'visible')
    return new XMLSerializer().serializeToString(copy)
  })
  const open = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`
  return { text: `${open}<rect width="100%" height="100%" fill="${paper}"/>${parts.join('')}</svg>`, width, height }
}

/** Saves the pictures as one SVG file. */
export function downloadSvg(pictures: SVGSVGElement[], name: string): void {
  downloadText(`${name}.svg`, 'image/svg+xml', composeSvg(pictures).text)
}

/** Saves the pictures as one PNG file at twice the size. */
export function downloadPng(pictures: SVGSVGElement[], name: string): void {
  const { text, width, height } = composeSvg(pictures)
  const image = new Image()
  image.onload = () => {
    const canvas = document.createElement('canvas')
    canvas.width = width * 2
    canvas.height = height * 2
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
    canvas.toBlob((blob) => blob && download(`${name}.png`, blob))
  }
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`
}
