import { apply, type Matrix } from '../layout/matrix.ts'
import type { Rule } from '../layout/index.ts'
import { barsOf, type Part, strokesOf } from '../layout/strokes.ts'
import { childAt, type XmlNode } from '../xml.ts'

/** Numbers behind each step of a path (GB/T 33190 table 35). */
const NUMBERS: Readonly<Record<string, number>> = { S: 2, M: 2, L: 2, Q: 4, B: 6, A: 7, C: 0 }

/** The ruled lines of a path object. */
export function rulesOfPath(object: XmlNode, toPage: Matrix): Rule[] {
  const { Stroke, Fill } = object.attributes
  const parts = partsOf(childAt(object, 'AbbreviatedData')?.text ?? '', toPage)
  const stroked = Stroke?.toLowerCase() !== 'false'
  return [...(stroked ? strokesOf(parts) : []), ...(Fill?.toLowerCase() === 'true' && !stroked ? barsOf(parts) : [])]
}

function partsOf(path: string, toPage: Matrix): Part[] {
  const parts: Part[] = []
  let part: Part = []
  const words = path.trim().split(/[\s,]+/)
  for (let i = 0; i < words.length;) {
    const step = words[i++]!.toUpperCase()
    const count = NUMBERS[step]
    if (count === undefined) continue
    const [x, y] = words.slice(i, i + 2).map(Number) as [number, number]
    if (step === 'S' || step === 'M') parts.push((part = [apply(toPage, x, y)]))
    else if (step === 'L') part.push(apply(toPage, x, y))
    else if (step === 'C') {
      if (part.length > 0) part.push(part[0]!)
    } else {
      // A curve is no ruled line, and neither is what goes on behind it.
      parts.splice(parts.indexOf(part), 1)
      part = []
    }
    i += count
  }
  return parts
}
