/** Width and height of a page at 100 %, in CSS pixels. */
export interface PageSize {
  width: number
  height: number
}

export const GAP = 12
export const MARGIN = 16

/** Where the pages of a file stand one under the other, at one zoom. All in CSS pixels. */
interface PageMap {
  /** Upper edge of each page. */
  tops: number[]
  scales: number[]
  height: number
  width: number
}

/** Least and greatest zoom that can be set. */
export const ZOOMS = { least: 0.25, most: 4, step: 1.2 }

/** Smaller than this nothing is shown, however wide it is. */
const LEAST_FIT = 0.05

/**
 * The scale at which something is shown.
 * @param zoom 1 is 100 %; null makes it as wide as there is room
 * @param room width of the pane
 * @param width of what is shown, at 100 %; 0 while it is not known
 */
export function scaleFor(zoom: number | null, room: number, width: number): number {
  if (zoom !== null || width === 0) return zoom ?? 1
  // The photo of a telephone is four times as wide as the pane: as wide as there is room may be less than can be set.
  return Math.min(ZOOMS.most, Math.max(LEAST_FIT, (room - 2 * MARGIN) / width))
}

/** @param room width of the pane */
export function mapPages(sizes: readonly PageSize[], zoom: number | null, room: number): PageMap {
  const scales = sizes.map(({ width }) => scaleFor(zoom, room, width))
  const tops: number[] = []
  let top = MARGIN
  let widest = 0
  sizes.forEach((size, index) => {
    tops.push(top)
    top += size.height * scales[index]! + GAP
    widest = Math.max(widest, size.width * scales[index]!)
  })
  return { tops, scales, height: top - GAP + MARGIN, width: Math.max(room, widest + 2 * MARGIN) }
}

/** Index of the page that stands at height `y`; the gap under a page belongs to it. */
export function pageAt({ tops }: PageMap, y: number): number {
  let low = 0
  let high = tops.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (tops[middle]! <= y) low = middle
    else high = middle - 1
  }
  return low
}
