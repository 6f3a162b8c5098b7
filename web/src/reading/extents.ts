import type { Block } from './blocks.ts'

/** Size of the letters of the text, in pixels, as reading-text.vue sets them. */
const LETTER = 16
const LINE = 30
const GAP = 10

/**
 * How tall each paragraph will be, guessed by its letters: for paragraphs that are not laid out yet, and for the strip
 * that shows the whole document.
 * @param width of the column of text in pixels
 */
export function guessHeights(blocks: readonly Block[], width: number): number[] {
  const perLine = Math.max(8, Math.floor(width / LETTER))
  return blocks.map(({ kind, lines }) => {
    const letters = lines.reduce((sum, { text }) => sum + text.length, 0)
    return Math.ceil(letters / perLine) * LINE + (kind === 'heading' ? 3 * GAP : GAP)
  })
}

/** Upper edges of the paragraphs as shares (0–1) of the whole; one more at the end, which is 1. */
export function shares(heights: readonly number[]): number[] {
  const whole = heights.reduce((sum, height) => sum + height, 0) || 1
  let above = 0
  return [
    ...heights.map((height) => {
      const share = above / whole
      above += height
      return share
    }),
    1,
  ]
}

/** Index of the paragraph at a share of the whole. */
export function blockAtShare(edges: readonly number[], share: number): number {
  let low = 0
  let high = Math.max(0, edges.length - 2)
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (edges[middle]! <= share) low = middle
    else high = middle - 1
  }
  return low
}
