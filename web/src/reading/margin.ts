/** Where a mark stands in the margin: column from the left, y in pixels from the top of its paragraph. */
interface MarkPlace {
  column: number
  y: number
}

/**
 * Puts marks beside their lines, side by side and then in further rows, never one over the other.
 * @param lines y of each mark's own line, in the order of the text
 * @param columns marks that fit side by side
 * @param size height of a row in pixels
 * @returns the places in the same order, and the lower edge of the last row
 */
export function stackMarks(
  lines: readonly number[],
  columns: number,
  size: number,
): { places: MarkPlace[]; bottom: number } {
  const places: MarkPlace[] = []
  let bottom = 0
  let column = 0
  lines.forEach((line, index) => {
    const sameLine = index > 0 && Math.abs(line - lines[index - 1]!) < size / 2
    if (sameLine && column + 1 < columns) {
      column += 1
      places.push({ column, y: places[index - 1]!.y })
      return
    }
    column = 0
    const y = Math.max(0, line, bottom)
    places.push({ column, y })
    bottom = y + size
  })
  return { places, bottom }
}

/** Height of a mark's row, and width of its column, in pixels. */
export const MARK_SIZE = 24

/** Reads where the marks' words stand, then writes where the marks go; both at once for all paragraphs, so that layout is done once. */
export function placeMarks(paragraphs: readonly HTMLElement[], columns: number): void {
  const work = paragraphs.map((paragraph) => {
    const { top } = paragraph.getBoundingClientRect()
    const marks = [...paragraph.querySelectorAll<HTMLElement>('[data-mark]')]
    const lines = marks.map((mark) => {
      const words = paragraph.querySelector(`[data-ids~="${mark.dataset.mark}"]`)?.getClientRects()[0]
      return words ? words.top - top + words.height / 2 - MARK_SIZE / 2 : 0
    })
    return { paragraph, marks, ...stackMarks(lines, columns, MARK_SIZE) }
  })
  for (const { paragraph, marks, places, bottom } of work) {
    paragraph.style.minHeight = `${bottom}px`
    marks.forEach((mark, index) => {
      const { column, y } = places[index]!
      mark.style.transform = `translate(${column * MARK_SIZE}px, ${y}px)`
    })
  }
}
