import { OpeningPattern } from '../parsers/opening-pattern.ts'
import type { Contents } from './contents.ts'
import { decode } from './fold.ts'
import type { Line } from './line.ts'
import { piecesOfOneLine, LEAST_PART_LINE } from './one-line.ts'
import { seamsOf } from './seams.ts'

const NEWLINE = 0x0a
const FORM_FEED = 0x0c
const SPACE = 0x20
const TAB = 0x09
const HASH = 0x23
const PIPE = 0x7c
const SEMICOLON = 0x3b
const IDEOGRAPHIC_SPACE = 0x3000

/** From here on characters are full-width in the fonts that gazettes are set in. */
const FIRST_WIDE = 0x2010

/** Marks that Markdown writes before a paragraph: list items and quotations. */
const LIST_MARK = new OpeningPattern(/^(?:[-*+>] +)+/)

/** The line below the header of a Markdown table, a line of a frame. */
const RULE = /^[|:\-— ]+$/

/** A line between Markdown's marks of bold print. */
const BOLD = new OpeningPattern(/^\*\*([^*]{1,200})\*\*$/)
const LONGEST_BOLD_HEADING = 60
const ENDS_SENTENCE = /[。;:,]$/

/** Splits folded text into its lines, without the blank ones. Linear. */
export function splitLines(raw: string, codes: Uint16Array): Line[] {
  bridgePages(codes)
  const folded = decode(codes)
  const lines: Line[] = []
  let pageBreak = false
  let at = 0
  while (at < codes.length) {
    let end = at
    while (end < codes.length && codes[end] !== NEWLINE && codes[end] !== FORM_FEED) end++
    for (const [from, to] of end - at >= LEAST_PART_LINE ? piecesOfOneLine(folded, at, end) : [[at, end] as const]) {
      const line = trimmedLine(raw, folded, codes, from, to)
      if (!line) continue
      line.pageBreak = pageBreak
      pageBreak = false
      lines.push(line)
    }
    if (codes[end] === FORM_FEED) pageBreak = true
    at = end + 1
  }
  return lines
}

/** Cuts the lines in which line breaks were lost. Linear. */
export function cutSeams(lines: readonly Line[], raw: string, codes: Uint16Array): Line[] {
  const contents: Contents = new Map()
  const cut: Line[] = []
  let before = ''
  for (const line of lines) {
    const seams = line.cell || line.text.includes('\t') ? [] : seamsOf(line, before, raw, contents)
    if (seams.length === 0) cut.push(line)
    else {
      const starts = [0, ...seams.map(({ at }) => at)]
      starts.forEach((start, i) => {
        const piece = pieceOf(line, start, starts[i + 1] ?? line.text.length, raw, codes)
        if (/^[—_:-]?$/.test(piece.text)) return
        piece.opens = i > 0 ? (seams[i - 1]?.sure ?? false) : line.opens
        piece.pageBreak = i === 0 && line.pageBreak
        cut.push(piece)
      })
    }
    before = cut.at(-1)?.text ?? ''
  }
  return cut
}

/** The part of a line between two offsets into its text, without blanks at its ends. */
export function pieceOf(line: Line, from: number, to: number, raw: string, codes: Uint16Array): Line {
  let start = from
  let end = to
  while (start < end && line.text[start] === ' ') start++
  while (end > start && line.text[end - 1] === ' ') end--
  let width = 0
  for (let i = line.start + start; i < line.start + end; i++)
    width += (codes[i] as number) >= FIRST_WIDE || raw.charCodeAt(i) >= FIRST_WIDE ? 2 : 1
  const text = line.text.slice(start, end)
  const indent = from === 0 ? line.indent : 0
  return { ...line, start: line.start + start, end: line.start + end, indent, width, text, opens: false }
}

/** A form feed within a line, where the end of a page cut a paragraph, is but a blank; one at the end of a line parts lines. */
function bridgePages(codes: Uint16Array): void {
  for (let i = codes.indexOf(FORM_FEED); i >= 0; i = codes.indexOf(FORM_FEED, i + 1)) {
    const ends = [codes[i - 1], codes[i + 1]]
    if (ends.every((code) => code !== undefined && code !== NEWLINE && code !== FORM_FEED)) codes[i] = SPACE
  }
}

/** A line break of HTML, as Markdown tables have it inside their cells. */
const BREAK = /<br ?\/?>/gi

/** Puts a semicolon in the place of each line break of HTML, in the codes too; spaces fill it up. */
function withoutBreaks(text: string, codes: Uint16Array, at: number): string {
  if (!text.includes('<b') && !text.includes('<B')) return text
  return text.replace(BREAK, (words: string, offset: number) => {
    codes.fill(SPACE, at + offset, at + offset + words.length)
    codes[at + offset] = SEMICOLON
    return `;${' '.repeat(words.length - 1)}`
  })
}

function trimmedLine(raw: string, folded: string, codes: Uint16Array, from: number, to: number): Line | null {
  let start = from
  let end = to
  let indent = 0
  while (start < end && (codes[start] === SPACE || codes[start] === TAB)) {
    indent += raw.charCodeAt(start) === IDEOGRAPHIC_SPACE || codes[start] === TAB ? 2 : 1
    start++
  }
  while (end > start && (codes[end - 1] === SPACE || codes[end - 1] === TAB)) end--
  let heading = false
  if (codes[start] === HASH) {
    let behind = start
    while (codes[behind] === HASH && behind - start < 6) behind++
    if (codes[behind] === SPACE) {
      heading = true
      start = behind
      while (start < end && codes[start] === SPACE) start++
    }
  }
  if (start >= end) return null
  const piped = codes[start] === PIPE && codes[end - 1] === PIPE && !/^[| ]+$/.test(folded.slice(start, end))
  if (piped) {
    if (RULE.test(folded.slice(start, end))) return null
    start++
    end--
    for (let i = start; i < end; i++) if (codes[i] === PIPE) codes[i] = TAB
  }
  let text = withoutBreaks(folded.slice(start, end), codes, start)
  if (piped) text = text.replaceAll('|', '\t')
  else if (text.includes('\t')) {
    // a row of a table: empty cells at its ends count
    while (start > from && codes[start - 1] !== NEWLINE) start--
    while (codes[start] === SPACE) start++
    while (end < to && (codes[end] === TAB || codes[end] === SPACE)) end++
    text = folded.slice(start, end)
  }
  const mark = LIST_MARK.exec(text)
  if (mark && mark[0].length < text.length) {
    start += mark[0].length
    text = folded.slice(start, end)
  }
  const bold = BOLD.exec(text)
  if (bold) {
    // A line that is bold as a whole is a heading, as one behind # is.
    start += text.indexOf(bold[1] as string)
    end = start + (bold[1] as string).length
    text = bold[1] as string
    heading ||= text.length <= LONGEST_BOLD_HEADING && !ENDS_SENTENCE.test(text)
  }
  let width = 0
  for (let i = start; i < end; i++) {
    const code = codes[i] as number
    width += code >= FIRST_WIDE || raw.charCodeAt(i) >= FIRST_WIDE ? 2 : 1
  }
  return { start, end, indent, width, text, heading, pageBreak: false, opens: false, cell: null }
}
