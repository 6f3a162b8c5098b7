import { usualSize } from '../layout/notes.ts'
import type { TurnedPiece } from '../layout/turns.ts'

/** Shares of the page's height in which heads and feet stand. */
const HEAD = 0.12
const FOOT = 0.88
/** No head is set in a larger type, in points, but where the text is: a letterhead or a title is. */
const LARGEST = 12

/**
 * The words of a template without running heads and feet: in small type at the edge of the page, above all that the page
 * itself has, or below it. Programs put these into a template, so they are known on a single page, too.
 * @param own what the page itself has
 * @param height of the page, in points
 */
export function withoutRunningHeads(
  template: readonly TurnedPiece[],
  own: readonly TurnedPiece[],
  height: number,
): TurnedPiece[] {
  const largest = Math.max(usualSize(own), LARGEST)
  const [first, last] = [Math.min(...own.map(({ y }) => y)), Math.max(...own.map(({ y }) => y))]
  return template.filter(({ y, size, turn }) => {
    const isHead = y < height * HEAD && y < first
    const isFoot = y > height * FOOT && y > last
    return own.length === 0 || turn !== 0 || size > largest || !(isHead || isFoot)
  })
}
