import { usualWidth } from './letters.ts'
import { usualSize } from './notes.ts'
import type { Column, Line } from './types.ts'

/** A line that leaves less than this many characters free before the margin is full. */
const FREE = 2.1
/** Lines of a paragraph are no farther apart than this, in characters. */
const MOST_PITCH = 2.6
/** Between paragraphs may be this much of the usual pitch; a line with letters of another face is somewhat higher. */
const MORE_PITCH = 1.32
/** Text is not broken within columns narrower than so many characters: short lines are ended on purpose. */
const NARROWEST = 12
/** First lines of paragraphs are indented by this many characters at least. */
const INDENT = 1.2
const MOST_INDENT = 4.5

/** What opens a paragraph wherever it stands: 一、 （一） 1. 第一条 ① — （牵头单位 … */
const LABEL =
  /^(?:[一二三四五六七八九十百]{1,4}[、.．]|[（(][一二三四五六七八九十百\d]{1,4}[）)]|\d{1,3}(?:、|[.．﹒](?!\d))|第[一二三四五六七八九十百\d]{1,4}[章节条部篇]|[\u2460-\u2473]|专栏\s?\d|附件|附表|附：|注[：:])/
const ENDS = /[。！？；：!?;:]["”’』」）)]?$/

/** A line with the margins between which it runs. */
interface PlacedLine {
  line: Line
  column: Column
}

/** How the paragraphs of a document are told apart. */
export interface ParagraphStyle {
  /** Whether a full line that ends with a sentence ends its paragraph, where the next is not indented. */
  endsWithSentence: boolean
  /** Whether first lines are indented, so that a line at the margin is none. */
  isIndented: boolean
}

/**
 * The style of a document. Where first lines are indented, these tell. Where none is, the other lines do: if more
 * paragraphs end with a sentence than sentences end inside of one, a full line that ends with one likely ends both.
 */
export function styleOf(lines: readonly PlacedLine[]): ParagraphStyle {
  let [indented, ends, inside] = [0, 0, 0]
  for (const { line, column } of lines) {
    if (isIndented(line, column)) indented++
    if (STOPS.test(line.text) && column.right - line.x2 >= line.size * FREE) ends++
    inside += line.text.match(STOP_INSIDE)?.length ?? 0
  }
  return {
    endsWithSentence: indented < FEWEST_INDENTED && ends > inside,
    isIndented: indented >= FEWEST_INDENTED && indented >= ends * MOSTLY,
  }
}

/** Indented lines that show that first lines are indented; fewer are headings in the middle. */
const FEWEST_INDENTED = 3
/** To so many last lines of paragraphs stands an indented one where first lines are indented. */
const MOSTLY = 0.8
const STOPS = /。[”’』」）)]?$/
const STOP_INSIDE = /。(?![”’』」）)]?$)/g

/** Joins lines into paragraphs. */
export function paragraphsOf(lines: readonly PlacedLine[], style: ParagraphStyle): string[] {
  const paragraphs: string[] = []
  const pitch = usualPitch(lines.map(({ line }) => line))
  const count = fullCount(lines.map(({ line }) => line))
  const usual = usualSize(lines.map(({ line }) => line))
  lines.forEach(({ line, column }, i) => {
    const before = lines[i - 1]
    const goesOn =
      before !== undefined &&
      (before.column === column
        ? isTitleGoingOn(before.line, line, column, usual) ||
          continues(before.line, line, column, pitch, count, lines[i + 1]?.line, style)
        : isNextColumn(before, { line, column }) && goesOnBeyond(before, { line, column }, style))
    if (goesOn) paragraphs[paragraphs.length - 1] = meet(paragraphs.at(-1)!, line.text)
    else paragraphs.push(`${isIndented(line, column) ? '　　' : ''}${line.text}`)
  })
  return paragraphs
}

const isIndented = (line: Line, { left }: Column): boolean =>
  line.x1 - left > line.size * INDENT && line.x1 - left < line.size * MOST_INDENT

function continues(
  before: Line,
  line: Line,
  column: Column,
  pitch: number,
  count: number,
  next: Line | undefined,
  style: ParagraphStyle,
): boolean {
  const { size } = before
  if (column.right - column.left < size * NARROWEST) return false
  if (Math.abs(before.size - line.size) > Math.max(1, size * 0.12)) return false
  const step = line.y - before.y
  if (step <= 0 || step > size * MOST_PITCH || (pitch > 0 && step > Math.max(pitch * MORE_PITCH, size * 1.3)))
    return false
  const full =
    column.right - before.x2 < Math.max(size * FREE, roomFor(line)) || (count > 0 && letters(before) >= count)
  if (!full) return false
  // One that is cited goes on in brackets or with a mark, unless the line before opened these.
  if (DOCUMENT_NUMBER.test(line.text) && !/[（(《][^）)》]*$/.test(before.text)) return false
  const flush = Math.abs(line.x1 - column.left) <= size * 0.8
  // A hanging indent: the lines below the first are the indented ones.
  const hanging =
    !flush && before.x1 <= line.x1 + size && next !== undefined && Math.abs(next.x1 - line.x1) < size * 0.3
  if (LABEL.test(line.text) && (ENDS.test(before.text) || isIndented(line, column))) return false
  if (STOPS.test(before.text) && style.endsWithSentence) return false
  if (ENDS.test(before.text)) return flush && isIndentedStyle(before, column) && !LABEL.test(line.text)
  return flush || hanging || (!isIndented(line, column) && before.x1 > line.x1)
}

/** Lines of a title are no farther apart than this, in characters; the lines of a cover are. */
const MOST_TITLE_PITCH = 2
/** A title is set in a type that is larger than the text's by this factor at least. */
const LARGER = 1.15

/** A line that is the number of a document. */
const DOCUMENT_NUMBER = /^.{1,16}[〔[【（(]\d{4}[〕\]】）)]\s?(?:第\s?)?\d{1,4}\s?号$/
/** What else stands below a title on a line of its own: （征求意见稿）. */
const BELOW_TITLE = /^[（(][^（()）]{1,20}[）)]$/

/** Whether a line goes on with a title: both in the middle of the column, in one type that is larger than the text's. */
function isTitleGoingOn(before: Line, line: Line, { left, right }: Column, usual: number): boolean {
  const { size } = before
  const middle = (left + right) / 2
  const isCentred = ({ x1, x2 }: Line) =>
    Math.abs((x1 + x2) / 2 - middle) < size * 0.75 || (x1 - left < size && right - x2 < size)
  return (
    size >= usual * LARGER &&
    Math.abs(line.size - size) < size * 0.03 &&
    line.y > before.y &&
    line.y - before.y <= size * MOST_TITLE_PITCH &&
    isCentred(before) &&
    isCentred(line) &&
    !LABEL.test(line.text) &&
    !BELOW_TITLE.test(line.text) &&
    !DOCUMENT_NUMBER.test(line.text) &&
    !ENDS.test(before.text)
  )
}

/** Room that the first word of a line needs, with the mark that must not stand at the start of a line. */
const roomFor = ({ text, size }: Line): number => {
  const word = /^[\w.%+-]*[，。；：、）”%]?/.exec(text)![0]
  return [...word].reduce((sum, letter) => sum + usualWidth(letter) * size * 1.1, size * 0.3)
}

/** Whether the line before can be the second or later of an indented paragraph, or its first. */
const isIndentedStyle = (before: Line, column: Column): boolean =>
  Math.abs(before.x1 - column.left) <= before.size * 0.8 || isIndented(before, column)

/** Whether a line stands in the column beside that of the line before, further up. */
const isNextColumn = (before: PlacedLine, after: PlacedLine): boolean =>
  !before.column.isOnly && !after.column.isOnly && after.line.y < before.line.y

/**
 * Whether the first line of a page or column goes on with the paragraph that ends the one before: cut there in mid-sentence,
 * or between two sentences where a line at the margin is no first one.
 */
export function goesOnBeyond(before: PlacedLine, after: PlacedLine, style: ParagraphStyle): boolean {
  const { size } = before.line
  const { left, right } = before.column
  if (right - left < size * NARROWEST || Math.abs(size - after.line.size) > Math.max(1, size * 0.12)) return false
  const full = right - before.line.x2 < Math.max(size * FREE, roomFor(after.line))
  const flush = Math.abs(after.line.x1 - after.column.left) <= size * 0.8
  const mayEnd = ENDS.test(before.line.text) && !style.isIndented
  return full && flush && !mayEnd && !LABEL.test(after.line.text)
}

/** Puts a line behind a paragraph: Latin words are parted by a blank, a word that was cut by a hyphen is whole again. */
function meet(paragraph: string, line: string): string {
  if (/[a-z]-$/i.test(paragraph) && /^[a-z]/.test(line)) return paragraph.slice(0, -1) + line
  return /[a-z,;:]$/i.test(paragraph) && /^[a-z\d]/i.test(line) ? `${paragraph} ${line}` : paragraph + line
}

/** Distance of lines that most lines have; 0 where there are too few to tell. */
function usualPitch(lines: readonly Line[]): number {
  const steps = lines
    .slice(1)
    .map((line, i) => line.y - lines[i]!.y)
    .filter((step) => step > 0)
    .sort((a, b) => a - b)
  return steps.length < 3 ? 0 : steps[Math.floor(steps.length * 0.4)]!
}

const letters = ({ text }: Line): number => text.replace(/\s/g, '').length

/** Some programs break a line after so many letters, however wide: that count, where a third of all lines have it; else 0. */
function fullCount(lines: readonly Line[]): number {
  const counts = new Map<number, number>()
  for (const line of lines) counts.set(letters(line), (counts.get(letters(line)) ?? 0) + 1)
  const [count, times] = [...counts].reduce((best, one) => (one[1] > best[1] ? one : best), [0, 0])
  return count >= 15 && times >= 4 && times * 4 >= lines.length ? count - 1 : 0
}
