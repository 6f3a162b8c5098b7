import type { Rule } from './types.ts'

/** A filled box is a ruled line where it is no thicker than this, in points. */
const THICKEST = 2.5

/** Corners of a part of a path, as they are shown. */
export type Part = [x: number, y: number][]

/** The level and upright lines of paths that are stroked. */
export function strokesOf(parts: readonly Part[]): Rule[] {
  return parts.flatMap((part) => part.slice(1).flatMap((to, i) => straight(part[i]!, to)))
}

function straight([x1, y1]: Part[number], [x2, y2]: Part[number]): Rule[] {
  if (Math.abs(x1 - x2) > 1 && Math.abs(y1 - y2) > 1) return []
  return [{ x1: Math.min(x1, x2), y1: Math.min(y1, y2), x2: Math.max(x1, x2), y2: Math.max(y1, y2) }]
}

/** Paths that are filled and so thin that they are lines. */
export function barsOf(parts: readonly Part[]): Rule[] {
  return parts.flatMap((part) => {
    const xs = part.map(([x]) => x)
    const ys = part.map(([, y]) => y)
    const [x1, y1, x2, y2] = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]
    const [x, y] = [(x1 + x2) / 2, (y1 + y2) / 2]
    if (y2 - y1 <= THICKEST && x2 - x1 > y2 - y1) return [{ x1, x2, y1: y, y2: y }]
    return x2 - x1 <= THICKEST ? [{ x1: x, x2: x, y1, y2 }] : []
  })
}
