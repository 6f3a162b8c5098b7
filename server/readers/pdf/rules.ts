import type { PDFPageProxy } from 'pdfjs-dist/types/src/display/api.js'
import type { Rule } from '../layout/index.ts'
import { apply, IDENTITY, type Matrix, multiply } from './matrix.ts'

/** A filled box is a ruled line where it is no thicker than this, in points. */
const THICKEST = 2.5
/** More are a drawing. */
const MOST_RULES = 20_000

/** Steps of a path as pdfjs packs them: move, line, curve, quadratic curve, close; with so many numbers behind each. */
const NUMBERS = [2, 2, 6, 4, 0]
const MOVE = 0
const LINE = 1
const CLOSE = 4

/** The ruled lines of a page where they are shown: level and upright strokes, and boxes filled so thin that they are lines. */
export async function rulesOf(page: PDFPageProxy, toPage: readonly number[]): Promise<Rule[]> {
  const { OPS } = await import('pdfjs-dist/legacy/build/pdf.mjs')
  const { fnArray, argsArray } = await page.getOperatorList()
  const strokes = new Set([OPS.stroke, OPS.closeStroke])
  const fills = new Set([OPS.fill, OPS.eoFill])
  const both = new Set([OPS.fillStroke, OPS.eoFillStroke, OPS.closeFillStroke, OPS.closeEOFillStroke])
  const rules: Rule[] = []
  const stack: Matrix[] = []
  let matrix = toPage as unknown as Matrix
  for (let i = 0; i < fnArray.length && rules.length < MOST_RULES; i++) {
    const args = argsArray[i] as unknown[]
    switch (fnArray[i]) {
      case OPS.save:
        stack.push(matrix)
        break
      case OPS.paintFormXObjectBegin:
        stack.push(matrix)
        matrix = multiply(matrix, ((args[0] as Matrix | null) ?? IDENTITY) as Matrix)
        break
      case OPS.restore:
      case OPS.paintFormXObjectEnd:
        matrix = stack.pop() ?? matrix
        break
      case OPS.transform:
        matrix = multiply(matrix, args as unknown as Matrix)
        break
      case OPS.constructPath: {
        const [paint, [path]] = args as [number, [ArrayLike<number> | null]]
        if (!path) break
        if (strokes.has(paint) || both.has(paint)) rules.push(...strokesOf(path, matrix))
        else if (fills.has(paint)) rules.push(...barsOf(path, matrix))
        break
      }
    }
  }
  return rules
}

type Point = [number, number]

/** Parts of a path, each as its corners; a part with a curve is left out. */
function partsOf(path: ArrayLike<number>, matrix: Matrix): Point[][] {
  const parts: Point[][] = []
  let part: Point[] = []
  for (let i = 0; i < path.length;) {
    const step = path[i++]!
    const numbers = NUMBERS[step]
    if (numbers === undefined) break
    if (step === MOVE) parts.push((part = [apply(matrix, path[i]!, path[i + 1]!)]))
    else if (step === LINE) part.push(apply(matrix, path[i]!, path[i + 1]!))
    else if (step === CLOSE) {
      if (part.length > 0) part.push(part[0]!)
    } else parts.splice(parts.indexOf(part), 1)
    i += numbers
  }
  return parts
}

function strokesOf(path: ArrayLike<number>, matrix: Matrix): Rule[] {
  return partsOf(path, matrix).flatMap((part) => part.slice(1).flatMap((to, i) => straight(part[i]!, to)))
}

function straight([x1, y1]: Point, [x2, y2]: Point): Rule[] {
  if (Math.abs(x1 - x2) > 1 && Math.abs(y1 - y2) > 1) return []
  return [{ x1: Math.min(x1, x2), y1: Math.min(y1, y2), x2: Math.max(x1, x2), y2: Math.max(y1, y2) }]
}

function barsOf(path: ArrayLike<number>, matrix: Matrix): Rule[] {
  return partsOf(path, matrix).flatMap((part) => {
    const xs = part.map(([x]) => x)
    const ys = part.map(([, y]) => y)
    const box = { x1: Math.min(...xs), y1: Math.min(...ys), x2: Math.max(...xs), y2: Math.max(...ys) }
    const [width, height] = [box.x2 - box.x1, box.y2 - box.y1]
    if (height <= THICKEST && width > height) return [{ ...box, y1: (box.y1 + box.y2) / 2, y2: (box.y1 + box.y2) / 2 }]
    if (width <= THICKEST) return [{ ...box, x1: (box.x1 + box.x2) / 2, x2: (box.x1 + box.x2) / 2 }]
    return []
  })
}
