import type { PDFPageProxy } from 'pdfjs-dist/types/src/display/api.js'
import type { Rule } from '../layout/index.ts'
import { barsOf, type Part, strokesOf } from '../layout/strokes.ts'
import { apply, IDENTITY, type Matrix, multiply } from '../layout/matrix.ts'
import { pdfjs } from './pdfjs.ts'

/** More are a drawing. */
const MOST_RULES = 20_000

/** Steps of a path as pdfjs packs them: move, line, curve, quadratic curve, close; with so many numbers behind each. */
const NUMBERS = [2, 2, 6, 4, 0]
const MOVE = 0
const LINE = 1
const CLOSE = 4

/** The ruled lines of a page where they are shown: level and upright strokes, and boxes filled so thin that they are lines. */
export async function rulesOf(page: PDFPageProxy, toPage: Matrix): Promise<Rule[]> {
  const { OPS } = await pdfjs()
  const { fnArray, argsArray } = await page.getOperatorList()
  const strokes = new Set([OPS.stroke, OPS.closeStroke])
  const fills = new Set([OPS.fill, OPS.eoFill])
  const both = new Set([OPS.fillStroke, OPS.eoFillStroke, OPS.closeFillStroke, OPS.closeEOFillStroke])
  const rules: Rule[] = []
  const stack: Matrix[] = []
  let matrix = toPage
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
        if (strokes.has(paint) || both.has(paint)) rules.push(...strokesOf(partsOf(path, matrix)))
        else if (fills.has(paint)) rules.push(...barsOf(partsOf(path, matrix)))
        break
      }
    }
  }
  return rules
}

/** Parts of a path, each as its corners; a part with a curve is left out. */
function partsOf(path: ArrayLike<number>, matrix: Matrix): Part[] {
  const parts: Part[] = []
  let part: Part = []
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
