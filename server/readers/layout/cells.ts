import { edgesOf, partOf } from './letters.ts'
import { wordsOf } from './lines.ts'
import type { Line, Piece, Span } from './types.ts'

/** Words nearer than this, in sizes, are of one cell whatever stands above and below them. */
const WORD_GAP = 0.25

/** Marks that may hang out of their column at the end of a line. */
const HANGING = /[，。、；：！？,.;:]/
const HANGING_LAST = /[”’）》」』】〕]/

/**
 * Where the words of lines stand, from left to right; what overlaps or all but touches is one.
 * @param withMarks whether marks count that may hang out of their column
 */
export function inkOf(lines: readonly Line[], withMarks = true): Span[] {
  const spans = lines.flatMap(({ pieces, size }) =>
    pieces
      .flatMap(wordsOf)
      .flatMap((word) => (withMarks ? [word] : withoutMarks(word)))
      .map(({ x, width }) => ({ from: x, to: x + width + size * WORD_GAP })),
  )
  const merged: Span[] = []
  for (const span of spans.sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1)
    if (last !== undefined && span.from < last.to) last.to = Math.max(last.to, span.to)
    else merged.push({ ...span })
  }
  const room = (lines[0]?.size ?? 0) * WORD_GAP
  return merged.map(({ from, to }) => ({ from, to: to - room }))
}

/** What stands between the marks of a word. */
function withoutMarks(word: Piece): Piece[] {
  const letters = [...word.text]
  const parts: Piece[] = []
  let from = 0
  for (let i = 0; i <= letters.length; i++) {
    if (i < letters.length && !hangs(letters[i]!, letters[i + 1] ?? '')) continue
    if (i > from) parts.push(partOf(word, from, i))
    from = i + 1
  }
  return parts
}

/** Whether a letter may stand out of its column. */
const hangs = (letter: string, next: string): boolean =>
  next === '' ? HANGING.test(letter) || HANGING_LAST.test(letter) : HANGING.test(letter) && !/\d/.test(next)

/** The room between spans, where it is as wide as `least`. */
export const gapsOf = (spans: readonly Span[], least: number): Span[] =>
  spans
    .slice(1)
    .map((span, i) => ({ from: spans[i]!.to, to: span.from }))
    .filter(({ from, to }) => to - from >= least)

/** What stands in a gap is a cell of its own where it is as far from both sides as this, in the measure of the gap. */
const ISLAND = 2.2

/**
 * What lines leave free of gaps; null where they lie over one of them, so that it parts no columns. A mark at the end of a
 * line may hang into a gap.
 * @param least so wide is a gap, in points
 */
export function narrowed(gaps: readonly Span[], lines: readonly Line[], least: number): Span[] | null {
  const ink = inkOf(lines)
  // One word over a gap is the title of a group.
  const loose = lines.length === 1 && ink.length === 1 ? ink : inkOf(lines, false)
  const left: Span[] = []
  for (const gap of gaps) {
    const free = freeOf(gap, ink, least)
    // The letters of a narrow cell may be spread.
    if (free.length > 1 && free.every(({ from, to }) => to - from >= least * ISLAND)) left.push(...free)
    else {
      const own = free.length > 0 ? free : freeOf(gap, loose, least)
      if (own.length === 0) return null
      left.push(own.reduce((best, one) => (one.to - one.from > best.to - best.from ? one : best)))
    }
  }
  return left
}

function freeOf(gap: Span, ink: readonly Span[], least: number): Span[] {
  const ends = [gap.from, ...ink.flatMap(({ from, to }) => [from, to]), gap.to]
  const free: Span[] = []
  for (let i = 0; i < ends.length; i += 2) {
    const [from, to] = [Math.max(ends[i]!, gap.from), Math.min(ends[i + 1]!, gap.to)]
    if (to - from >= least) free.push({ from, to })
  }
  return free
}

/** Whether a line leaves all gaps free, its marks with it. */
export function isClear(line: Line, gaps: readonly Span[]): boolean {
  const ink = inkOf([line])
  return gaps.every((gap) => freeOf(gap, ink, 0.01).length > 0)
}

/** What a column holds that counts rows. */
const NUMBERS = /^(?:\d{1,4}[.、]?|序|号|序号|编号)$/

/** So many lines show where columns meet, whatever marks hang into the gap. */
const MANY_LINES = 8
/** What these leave free parts columns where it is so much wider than the least. */
const MANY_SHOW = 1.3

/**
 * The gaps between the columns of lines: those that are known, and others that no word of any line closes.
 * @param sure how wide these are at least, in points; one behind a column that counts the rows may be as narrow as it is
 */
export function allGaps(known: readonly Span[], lines: readonly Line[], sure: number, least: number): Span[] {
  const isNew = (gap: Span) => known.every((one) => isApart(gap, one))
  const isMany = lines.length >= MANY_LINES
  const room = isMany ? Math.min(sure, least * MANY_SHOW) : sure
  const found = gapsOf(inkOf(lines), room).filter(isNew)
  if (isMany) {
    // Behind a mark may stand the next word of one cell: only what many lines part is parted there.
    const hidden = gapsOf(inkOf(lines, false), room).filter(
      (gap) => isNew(gap) && found.every((one) => isApart(gap, one)),
    )
    found.push(...hidden.filter((gap) => linesBesides(gap, [...known, ...found, gap], lines) >= FEWEST_PARTED))
  }
  const count = countGap(lines.filter((line) => placed(line, known).filter((cell) => cell.length > 0).length > 1))
  if (count !== null && [...known, ...found].every((one) => isApart(count, one))) found.push(count)
  return [...known, ...found].sort((a, b) => a.from - b.from)
}

/** So many lines have words on both sides of a gap that only marks reach into. */
const FEWEST_PARTED = 3

const isApart = (gap: Span, other: Span): boolean => gap.to <= other.from || gap.from >= other.to

/** How many lines have words in both columns beside a gap. */
function linesBesides(gap: Span, gaps: readonly Span[], lines: readonly Line[]): number {
  const sorted = [...gaps].sort((a, b) => a.from - b.from)
  const at = sorted.indexOf(gap)
  return lines.filter((line) => {
    const cells = placed(line, sorted)
    return cells[at]!.length > 0 && cells[at + 1]!.length > 0
  }).length
}

/** The room behind a first column of numbers; null where there is none. */
function countGap(lines: readonly Line[]): Span | null {
  const words = lines.flatMap(({ pieces }) => pieces.flatMap(wordsOf))
  const to = Math.min(...words.filter(({ text }) => !NUMBERS.test(text)).map(({ x }) => x))
  const numbers = words.filter(({ text, x, width }) => NUMBERS.test(text) && x + width / 2 < to)
  const from = Math.max(...numbers.map(({ x, width }) => x + width))
  return numbers.length > 1 && numbers.some(({ text }) => /\d/.test(text)) && from < to ? { from, to } : null
}

/** How many rows a first column counts in lines. */
export function countedRows(lines: readonly Line[]): number {
  return lines.filter(({ pieces }) => /^\d{1,4}[.、]?$/.test(wordsOf(pieces[0]!)[0]?.text ?? '')).length
}

/** The words of a line by column; `gaps` are those between the columns. */
export function placed(line: Line, gaps: readonly Span[]): Piece[][] {
  const cells: Piece[][] = Array.from({ length: gaps.length + 1 }, () => [])
  const middles = gaps.map(({ from, to }) => (from + to) / 2)
  for (const word of line.pieces.flatMap(wordsOf)) {
    for (const part of partsAt(word, middles)) {
      const middle = part.x + part.width / 2
      cells[middles.filter((place) => place < middle).length]!.push(part)
    }
  }
  return cells
}

/**
 * A piece parted at places that it lies over: words of two cells that are all but touching may be written as one. A mark
 * at its end that hangs out of its column stays with it.
 */
export function partsAt(piece: Piece, places: readonly number[]): Piece[] {
  const within = places.filter((place) => place > piece.x && place < piece.x + piece.width)
  if (within.length === 0) return [piece]
  const letters = [...piece.text]
  const edges = edgesOf(piece)
  const cuts = new Set<number>()
  for (const place of within) {
    const at = letters.findIndex((_, i) => (edges[i]! + edges[i + 1]!) / 2 > place)
    if (at > 0 && !(at === letters.length - 1 && hangs(letters[at]!, ''))) cuts.add(at)
  }
  const bounds = [0, ...[...cuts].sort((a, b) => a - b), letters.length]
  return bounds.slice(1).map((to, i) => partOf(piece, bounds[i]!, to))
}

/** How far the words of lines reach in each column; `gaps` are those between the columns. */
export function columnsOf(lines: readonly Line[], gaps: readonly Span[]): Span[] {
  const ends = [-Infinity, ...gaps.flatMap(({ from, to }) => [from, to]), Infinity]
  const ink = inkOf(lines)
  return Array.from({ length: gaps.length + 1 }, (_, i) => {
    const [left, right] = [ends[2 * i]!, ends[2 * i + 1]!]
    const own = ink.filter(({ from, to }) => to > left && from < right)
    return {
      from: Math.max(left, Math.min(right, ...own.map(({ from }) => from))),
      to: Math.min(right, Math.max(left, ...own.map(({ to }) => to))),
    }
  })
}
