import { startsWithLabel } from './marks.ts'

/** A line this long that holds several top headings, or white space behind several sentences, is a whole document with its line breaks lost. Characters. */
const LEAST_ONE_LINE = 800
/** A shorter line is never more than one paragraph. */
export const LEAST_PART_LINE = 200

const TOP_HEADING = /[。:;) ](?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}[章条] )/g
/** White space behind a sentence: in running text there is none, so a line break was lost. */
const LOST_BREAK = /[。:;)] {1,4}(?=[\u4e00-\u9fff\d(《“])/g
const FEWEST_HEADINGS = 2
const FEWEST_LOST_BREAKS = 3
/** A shorter line is a part of such a document where this many labels stand behind a sentence and white space. */
const LABEL_BEHIND_BREAK = /[。;] {1,4}(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\))/g
const FEWEST_LABELS = 3
const OPENS_PIECE =
  /^(?:关于|各[^,。]{2,40}[,、:]|[\u4e00-\u9fff]{1,14}[〔[(【](?:19|20)\d\d[〕\])】]\d|\([\u4e00-\u9fff]{1,14}〔|(?:19|20)\d\d ?年 ?\d{1,2} ?月 ?\d{1,2} ?日|附件)/
const ENDS_PIECE = /[。;:!?)〕号日]$/

/**
 * Cuts a document that stands in one line at the spaces that took the place of its line breaks, and before each label
 * behind a sentence. Any other line comes back whole.
 */
export function piecesOfOneLine(folded: string, from: number, to: number): (readonly [from: number, to: number])[] {
  const line = folded.slice(from, to)
  const holds = (pattern: RegExp, fewest: number): boolean => (line.match(pattern)?.length ?? 0) >= fewest
  const several =
    line.length < LEAST_ONE_LINE
      ? holds(LABEL_BEHIND_BREAK, FEWEST_LABELS)
      : holds(TOP_HEADING, FEWEST_HEADINGS) || holds(LOST_BREAK, FEWEST_LOST_BREAKS)
  if (!several) return [[from, to]]
  const pieces: [number, number][] = []
  let start = 0
  for (let i = 1; i < line.length; i++) {
    if (!isCut(line, start, i)) continue
    pieces.push([from + start, from + i])
    start = i
  }
  pieces.push([from + start, to])
  return pieces
}

/** Characters behind a cut that are looked at. */
const AHEAD = 48

function isCut(line: string, start: number, at: number): boolean {
  const before = line[at - 1] as string
  if (before === ' ') {
    if (line[at] === ' ') return false
    const piece = line.slice(Math.max(start, at - 64), at).trim()
    const ahead = line.slice(at, at + AHEAD)
    return (
      startsWithLabel(ahead) ||
      OPENS_PIECE.test(ahead) ||
      (at - start > 8 && ENDS_PIECE.test(piece)) ||
      isHeading(line, start, at)
    )
  }
  return (
    '。;:)'.includes(before) &&
    '第一二三四五六七八九十(123456789'.includes(line[at] as string) &&
    startsWithLabel(line.slice(at, at + AHEAD))
  )
}

/** A label and a few words without a mark: `一、总体要求 `. */
function isHeading(line: string, start: number, at: number): boolean {
  if (at - start > 40) return false
  const piece = line.slice(start, at).trim()
  return piece.length > 3 && startsWithLabel(piece) && !/[,。;:]/.test(piece)
}
