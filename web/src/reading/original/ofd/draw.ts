import { childAt, children, numbersOf, type OfdPage, type OfdResources } from './package.ts'

/** CSS pixels in a millimetre. */
export const MILLIMETRE = 96 / 25.4

const SVG = 'http://www.w3.org/2000/svg'
/** Blocks and composite objects in one another; deeper are loops. */
const DEEPEST = 24

/** Faces of official documents, by what their names hold; anything else is set as plain text. */
const FACES: readonly (readonly [RegExp, string])[] = [
  [/黑|hei|bold/i, '"SimHei", "Noto Sans CJK SC", sans-serif'],
  [/楷|kai/i, '"KaiTi", "STKaiti", "Noto Serif CJK SC", serif'],
  [/仿宋|fang/i, '"FangSong", "STFangsong", "Noto Serif CJK SC", serif'],
]
const USUAL_FACE = '"SimSun", "Noto Serif CJK SC", serif'

interface Words {
  element: HTMLElement
  x: number
  y: number
  /** Width that the words take on the page, in pixels; 0 where it is not told. */
  width: number
}

/**
 * Draws one page into an element: words as text at their places, in the order in which they are read, lines and pictures
 * below them. Nothing of the file but words, numbers and pictures reaches the page.
 */
export async function drawPage(page: OfdPage, sheet: HTMLElement): Promise<void> {
  const svg = document.createElementNS(SVG, 'svg')
  svg.setAttribute('viewBox', `0 0 ${page.width} ${page.height}`)
  svg.setAttribute('aria-hidden', 'true')
  const { resources } = page
  const words: Words[] = []
  const pictures: Promise<void>[] = []
  const draw = (block: Element, matrix: DOMMatrix, depth: number): void => {
    if (depth > DEEPEST) return
    for (const object of block.children) {
      if (object.localName === 'PageBlock') draw(object, matrix, depth + 1)
      else if (!isShown(object)) continue
      else if (object.localName === 'TextObject')
        words.push(...wordsOf(object, matrix.multiply(placeOf(object)), resources))
      else if (object.localName === 'PathObject') svg.append(pathOf(object, matrix.multiply(placeOf(object))))
      else if (object.localName === 'ImageObject') pictures.push(addPicture(resources, object, matrix, svg))
      else if (object.localName === 'CompositeObject')
        for (const content of children(resources.units.get(object.getAttribute('ResourceID') ?? ''), 'Content'))
          draw(content, matrix.multiply(placeOf(object)), depth + 1)
    }
  }
  const corner = new DOMMatrix([1, 0, 0, 1, -page.x, -page.y])
  for (const content of page.contents) for (const layer of children(content, 'Layer')) draw(layer, corner, 0)
  await Promise.all(pictures)
  words.sort((a, b) => (Math.abs(a.y - b.y) > 2 ? a.y - b.y : a.x - b.x))
  sheet.append(svg, ...words.map(({ element }) => element))
  // Their own faces are rarely there: each piece is stretched to the width that it has in the file.
  const natural = words.map(({ element }) => element.offsetWidth)
  words.forEach(({ element, width }, i) => {
    if (width > 0 && natural[i]! > 0) element.style.transform += ` scaleX(${width / natural[i]!})`
  })
}

/** A layer of words under a scanned page is there to be searched, not seen. */
const isShown = (object: Element): boolean =>
  object.getAttribute('Visible')?.toLowerCase() !== 'false' && object.getAttribute('Alpha') !== '0'

/** From an object's own space to that of its block. */
function placeOf(object: Element): DOMMatrix {
  const [x = 0, y = 0] = numbersOf(object.getAttribute('Boundary'))
  const own = numbersOf(object.getAttribute('CTM'))
  const moved = new DOMMatrix([1, 0, 0, 1, x, y])
  return own.length === 6 ? moved.multiply(new DOMMatrix(own)) : moved
}

const widthOf = (letter: string): number => (letter > '\u2013' ? 1 : 0.5)

function wordsOf(object: Element, matrix: DOMMatrix, { fonts }: OfdResources): Words[] {
  const size = Number(object.getAttribute('Size')) || 0
  if (size <= 0) return []
  const font = fonts.get(object.getAttribute('Font') ?? '') ?? ''
  let [x, y] = [0, 0]
  return children(object, 'TextCode').flatMap((code) => {
    x = Number(code.getAttribute('X') ?? x) || 0
    y = Number(code.getAttribute('Y') ?? y) || 0
    const letters = [...withoutIndents(code.textContent ?? '')]
    const right = stepsOf(code.getAttribute('DeltaX'), letters.length)
    const down = stepsOf(code.getAttribute('DeltaY'), letters.length)
    let at = { x, y }
    const runs: { text: string; x: number; y: number; end: number }[] = []
    letters.forEach((letter, i) => {
      const last = runs.at(-1)
      if (last && Math.abs(last.y - at.y) < 0.1 && at.x - last.end < size) {
        last.text += letter
        last.end = at.x + widthOf(letter) * size
      } else runs.push({ text: letter, ...at, end: at.x + widthOf(letter) * size })
      at = {
        x: at.x + (right[i] ?? (down.length > 0 && right.length === 0 ? 0 : widthOf(letter) * size)),
        y: at.y + (down[i] ?? 0),
      }
    })
    return runs.filter(({ text }) => text.trim() !== '').map((run) => span(run, size, matrix, font, object))
  })
}

function span(
  run: { text: string; x: number; y: number; end: number },
  size: number,
  matrix: DOMMatrix,
  font: string,
  object: Element,
): Words {
  const element = document.createElement('span')
  const { x, y } = matrix.transformPoint(new DOMPoint(run.x, run.y))
  const scale = Math.hypot(matrix.c, matrix.d)
  const pixels = size * scale * MILLIMETRE
  element.textContent = run.text
  Object.assign(element.style, {
    left: `${x * MILLIMETRE}px`,
    // The baseline of a line box as high as its type stands at about 0.86 of it.
    top: `${y * MILLIMETRE - pixels * 0.86}px`,
    fontSize: `${pixels}px`,
    fontFamily: FACES.find(([name]) => name.test(font))?.[1] ?? USUAL_FACE,
    fontWeight: Number(object.getAttribute('Weight')) > 500 ? 'bold' : '',
    color: colorOf(childAt(object, 'FillColor')) ?? '',
    transform: `rotate(${Math.atan2(matrix.b, matrix.a)}rad)`,
  })
  return {
    element,
    x: x * MILLIMETRE,
    y: y * MILLIMETRE,
    width: (run.end - run.x) * Math.hypot(matrix.a, matrix.b) * MILLIMETRE,
  }
}

/** Line breaks, and the blanks that a program set around them to indent its markup, are none of the words. */
function withoutIndents(text: string): string {
  const lines = text.split(/\r?\n/)
  return lines.length === 1 ? text : lines.map((line) => line.trim()).join('')
}

/** Distances of letters; `g n d` stands for n times d. */
function stepsOf(text: string | null, most: number): number[] {
  const steps: number[] = []
  const words = (text ?? '').trim().split(/[\s,]+/)
  for (let i = 0; i < words.length && steps.length < most; i += 1) {
    if (words[i]!.toLowerCase() === 'g') {
      for (let n = Math.min(Number(words[i + 1]) || 0, most - steps.length); n > 0; n -= 1)
        steps.push(Number(words[i + 2]) || 0)
      i += 2
    } else if (words[i] !== '') steps.push(Number(words[i]) || 0)
  }
  return steps
}

/** A colour as its three numbers; null where it is of another kind. */
function colorOf(node: Element | undefined): string | null {
  const value = numbersOf(node?.getAttribute('Value'))
  return value.length === 3
    ? `rgb(${value.map((part) => Math.max(0, Math.min(255, Math.round(part)))).join(',')})`
    : null
}

/** Numbers behind each step of a path, and what SVG calls it. */
const STEPS: Readonly<Record<string, readonly [string, number]>> = {
  S: ['M', 2],
  M: ['M', 2],
  L: ['L', 2],
  Q: ['Q', 4],
  B: ['C', 6],
  A: ['A', 7],
  C: ['Z', 0],
}

function pathOf(object: Element, matrix: DOMMatrix): SVGPathElement {
  const path = document.createElementNS(SVG, 'path')
  const words = (childAt(object, 'AbbreviatedData')?.textContent ?? '').trim().split(/[\s,]+/)
  let d = ''
  for (let i = 0; i < words.length; i += 1) {
    const step = STEPS[words[i]!.toUpperCase()]
    if (!step) continue
    const numbers = words.slice(i + 1, i + 1 + step[1]).map(Number)
    if (numbers.length < step[1] || !numbers.every(Number.isFinite)) break
    d += `${step[0]} ${numbers.join(' ')} `
    i += step[1]
  }
  const stroked = object.getAttribute('Stroke')?.toLowerCase() !== 'false'
  const filled = object.getAttribute('Fill')?.toLowerCase() === 'true'
  path.setAttribute('d', d)
  path.setAttribute('transform', `matrix(${[matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f].join(' ')})`)
  path.setAttribute('fill', filled ? (colorOf(childAt(object, 'FillColor')) ?? '#000') : 'none')
  path.setAttribute('stroke', stroked ? (colorOf(childAt(object, 'StrokeColor')) ?? '#000') : 'none')
  path.setAttribute('stroke-width', String(Number(object.getAttribute('LineWidth')) || 0.353))
  return path
}

/** A picture fills the unit square of its own space. */
async function addPicture(resources: OfdResources, object: Element, matrix: DOMMatrix, svg: SVGElement): Promise<void> {
  const image = document.createElementNS(SVG, 'image')
  svg.append(image)
  const blob = await resources.picture(object.getAttribute('ResourceID') ?? '').catch(() => null)
  if (!blob) return image.remove()
  const { a, b, c, d, e, f } = matrix.multiply(placeOf(object))
  image.setAttribute('href', URL.createObjectURL(blob))
  image.setAttribute('width', '1')
  image.setAttribute('height', '1')
  image.setAttribute('preserveAspectRatio', 'none')
  image.setAttribute('transform', `matrix(${[a, b, c, d, e, f].join(' ')})`)
}
