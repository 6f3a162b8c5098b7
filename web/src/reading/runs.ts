import type { Block } from './blocks.ts'

/** What is marked: half-open, in offsets of the same text as the blocks. */
export interface Marked {
  id: number
  start: number
  end: number
}

/** A piece of one line with the same findings on all of it. `at` is null for a space between joined Latin words. */
export interface Run {
  at: number | null
  text: string
  ids: number[]
  furniture: boolean
}

const LATIN = /[a-z0-9]/i
/** Marks of Markdown that the page shows by other means. */
const MARKDOWN_HEAD = /^#{1,6}\s+/

/**
 * Cuts a block at the ends of the findings on it. `marked` must be those that touch the block.
 * @param also further places to cut at, such as the ends of a clause
 */
export function toRuns(block: Block, marked: readonly Marked[], also: readonly number[] = []): Run[] {
  const runs: Run[] = []
  let before = ''
  for (const line of block.lines) {
    const hidden = MARKDOWN_HEAD.exec(line.text)?.[0].length ?? 0
    const start = line.start + hidden
    if (LATIN.test(before) && LATIN.test(line.text.charAt(0)))
      runs.push({ at: null, text: ' ', ids: [], furniture: false })
    const cuts = new Set([start, line.end])
    for (const cut of [...also, ...marked.flatMap((one) => [one.start, one.end])])
      if (cut > start && cut < line.end) cuts.add(cut)
    const places = [...cuts].sort((a, b) => a - b)
    places.slice(0, -1).forEach((from, index) => {
      const to = places[index + 1]!
      const ids = marked.filter((one) => one.start < to && one.end > from).map((one) => one.id)
      runs.push({
        at: from,
        text: line.text.slice(from - line.start, to - line.start),
        ids,
        furniture: line.furniture && block.kind !== 'furniture',
      })
    })
    before = line.text.slice(-1)
  }
  return runs
}

/**
 * The findings that touch each block, both lists in the order of the text.
 * Blocks do not overlap; findings may.
 */
export function byBlock(blocks: readonly Block[], marked: readonly Marked[]): Marked[][] {
  const sorted = [...marked].sort((a, b) => a.start - b.start)
  const found: Marked[][] = blocks.map(() => [])
  let first = 0
  for (const one of sorted) {
    while (first < blocks.length && blocks[first]!.end <= one.start) first += 1
    for (let at = first; at < blocks.length && blocks[at]!.start < one.end; at += 1) found[at]!.push(one)
  }
  return found
}

/** Runs of a table's row by cell: the tabs between them are not shown. */
export function toCells(runs: readonly Run[]): Run[][] {
  const cells: Run[][] = [[]]
  for (const run of runs) {
    let at = run.at
    for (const [index, text] of run.text.split('\t').entries()) {
      if (index > 0) cells.push([])
      if (text !== '') cells[cells.length - 1]!.push({ ...run, at, text })
      if (at !== null) at += text.length + 1
    }
  }
  return cells
}

const LEAST_FR = 3
const MOST_FR = 18
/** So many letters of a short cell stay on one line beside long ones, as far as there is room: so many per cent of the width for all. */
const WHOLE = 4
const FOR_WHOLE = 90
/** Room at both sides of a cell, in letters. */
const PADDING = 1.2

/** Widths of the columns (CSS fr) of each run of rows, by their longest words. A row may lack cells at its end, which are empty. */
export function columnTracks(
  blocks: readonly { kind: string; lines: readonly { text: string }[] }[],
): (string | null)[] {
  const tracks: (string | null)[] = blocks.map(() => null)
  let from = 0
  while (from < blocks.length) {
    const cells = (at: number) =>
      blocks[at]?.kind === 'row'
        ? blocks[at].lines
            .map((line) => line.text)
            .join('')
            .split('\t')
        : null
    const first = cells(from)
    let to = from + 1
    if (first !== null) {
      const widths = first.map((cell) => cell.length)
      for (let row = cells(to); row !== null && row.length <= first.length; row = cells(++to))
        row.forEach((cell, index) => {
          widths[index] = Math.max(widths[index]!, cell.length)
        })
      tracks.fill(
        widths
          .map((width) => {
            const least = `min(${Math.min(WHOLE, width) + PADDING}em, ${Math.floor(FOR_WHOLE / widths.length)}%)`
            return `minmax(${least}, ${Math.min(MOST_FR, Math.max(LEAST_FR, width))}fr)`
          })
          .join(' '),
        from,
        to,
      )
    }
    from = to
  }
  return tracks
}
