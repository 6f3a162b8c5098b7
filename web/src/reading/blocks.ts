import { readLines, type Line } from './lines.ts'

/**
 * One paragraph as it is shown: hard-wrapped lines joined, each piece still knowing where it stands in the raw text.
 * The display never changes a letter, so a finding's offsets fall on exactly its words.
 */
export interface Block {
  kind: 'text' | 'heading' | 'furniture' | 'row'
  start: number
  end: number
  lines: Line[]
}

const STARTS_PARAGRAPH =
  /^(?:#{1,6}\s|第[一二三四五六七八九十百零]+[章节条]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.．、](?!\d)|[-*|]|附件|附：)/
const HEADING =
  /^(?:#{1,6}\s|第[一二三四五六七八九十百零]+[章节]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])/
const MARKDOWN_HEADING = /^#{1,6}\s/
/** A row of a table, as the readers write it: cells between tabs or bars. */
const ROW = /\t|^\|/
const ENDS_SENTENCE = /[。！？；：…!?;:」”）)》\]]$/
const GOES_ON = /[，、,（(《“]$/
const MAX_HEADING = 40
/** Lines wider than this were not wrapped by a printer but run to the end of their paragraph or page. */
const WRAPPED_BELOW = 110

/** Width in half-width cells. */
const width = (text: string) => text.length + (text.match(/[\u2E80-\uFFEF]/g)?.length ?? 0)

function usualWidth(lines: Line[]): number {
  const widths = lines
    .filter((line) => !line.furniture)
    .map((line) => width(line.text))
    .sort((a, b) => a - b)
  return widths[Math.floor(widths.length * 0.8)] ?? 0
}

/** Whether `next` goes on with the paragraph that `line` stands in. */
function continues(line: Line, next: Line, usual: number): boolean {
  if (MARKDOWN_HEADING.test(line.text) || ROW.test(line.text) || ROW.test(next.text)) return false
  const starts = STARTS_PARAGRAPH.test(next.text)
  if (GOES_ON.test(line.text)) return !MARKDOWN_HEADING.test(next.text)
  const wide = width(line.text)
  if (usual < WRAPPED_BELOW) return wide >= usual - 5 && !(starts && ENDS_SENTENCE.test(line.text))
  return wide >= 60 && !ENDS_SENTENCE.test(line.text) && !starts
}

function kindOf(lines: Line[]): Block['kind'] {
  const text = lines.map((line) => line.text).join('')
  if (lines.every((line) => line.furniture)) return 'furniture'
  if (ROW.test(text)) return 'row'
  return HEADING.test(text) && text.length <= MAX_HEADING && !text.endsWith('。') ? 'heading' : 'text'
}

const block = (lines: Line[]): Block => ({
  kind: kindOf(lines),
  start: lines[0]!.start,
  end: lines[lines.length - 1]!.end,
  lines,
})

/** Joins the lines of a raw text to paragraphs. Page furniture in mid-sentence stays inside its paragraph. */
export function toBlocks(text: string): Block[] {
  const lines = readLines(text)
  const usual = usualWidth(lines)
  const blocks: Block[] = []
  let open: Line[] = []
  let waiting: Line[] = []
  const close = () => {
    if (open.length > 0) blocks.push(block(open))
    for (const line of waiting) blocks.push(block([line]))
    open = []
    waiting = []
  }
  for (const line of lines) {
    if (line.furniture) {
      waiting.push(line)
      continue
    }
    const last = open[open.length - 1]
    if (last && continues(last, line, usual)) {
      open.push(...waiting, line)
      waiting = []
    } else {
      close()
      open = [line]
    }
  }
  close()
  return blocks
}
