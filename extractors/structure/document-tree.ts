import { pairsIn, type Pair } from '../text/characters.ts'
import { displayForm } from '../text/display.ts'
import { isDateLine, isOrganLine } from '../text/marks.ts'
import { trimBoth, trimEnd } from '../text/trim.ts'
import type { Range, ReadingText } from '../text/reading-text.ts'
import { cardsAt } from './cards.ts'
import { findConvention, namesInRoles, type Convention } from './conventions.ts'
import { splitDocuments, type DocumentParagraphs } from './documents.ts'
import { governedRanges } from './govern.ts'
import { readNumber } from './document-number.ts'
import { outline, type RankedHeading } from './outline.ts'
import { splitParagraphs, type Paragraph } from './paragraphs.ts'
import { splitSentences } from './sentences.ts'
import { isLimitAlone, parseBareList } from './tag-grammar.ts'
import { isBelowMerged } from './below-merged.ts'
import { deadlineCell, tableAt, unitsOfRow } from './tables.ts'
import { isContentLine, labelAlone, lineBesideTag, merge, mergeable, tagsOf, type FoundTag } from './tags.ts'
import type { Clause, ClosingLimit, DocumentTree, Heading, ResponsibilityTag, Table, TableRow } from './types.ts'
import type { UnitNames, UnitRole } from '../types.ts'

/** First words of what a duty closes: no longer than this. */
const LONGEST_CLAUSE = 40
/** The longest line of a list of units below its label, in characters. */
const LONGEST_NAME_LINE = 200

/**
 * Documents of a reading text with their outlines, clauses, tables and tags, one after the other: of a large text the
 * tree of one document can be forgotten before the next is built. Linear in the length of the text.
 */
export function* readDocuments(reading: ReadingText): Generator<DocumentTree> {
  const paragraphs = splitParagraphs(reading)
  let index = 0
  for (const document of splitDocuments(reading, paragraphs)) yield treeOf(reading, paragraphs, document, index++)
}

function treeOf(
  reading: ReadingText,
  paragraphs: readonly Paragraph[],
  document: DocumentParagraphs,
  index: number,
): DocumentTree {
  const { body, end, head } = document
  const start = (paragraphs[document.first] as Paragraph).start
  const stop = (paragraphs[end - 1] as Paragraph).end
  const convention = findConvention(reading.text.slice(start, stop))
  const headings = outline(paragraphs, body, end)
  const tables = findTables(paragraphs, body, end)
  const pairs = new PairsOf(reading.text)
  const closing = findTags(paragraphs, body, end, pairs, tables)
  const found = closing.filter(({ names }) => names.length > 0)
  const ranges = governedRanges(found, headings, paragraphs, reading.text)
  const tags = found.map((tag, i): ResponsibilityTag => {
    const governed = ranges[i] as Range & { heading: RankedHeading | null }
    return {
      start: tag.start,
      end: tag.end,
      ...namesInRoles(tag.names, convention),
      form: tag.form,
      governs: { start: governed.start, end: governed.end },
      deadlineRange: tag.deadline,
      clause: governed.heading ? shortened(governed.heading.text) : firstWords(reading.text, governed),
      path: pathOf(governed.heading),
    }
  })
  tags.push(...tables.flatMap((table) => rowTags(reading.text, table, convention, headings)))
  tags.sort((a, b) => a.start - b.start)
  const limits = limitsOf(closing, headings, paragraphs, reading.text, tags)
  const gaps: Range[] = [...tags, ...closing.filter(({ names }) => names.length === 0)]
  if (gaps.length > tags.length) gaps.sort((a, b) => a.start - b.start)
  const clauses = clausesOf(reading.text, paragraphs, document, headings, tables, tags, gaps, pairs)
  return { start, end: stop, index, head, headings, clauses, tables, tags, limits }
}

/** Limits of tags and rows, and those that no unit stands beside; what these close no tag behind them answers for with its own limit. */
function limitsOf(
  closing: readonly FoundTag[],
  headings: readonly RankedHeading[],
  paragraphs: readonly Paragraph[],
  text: string,
  tags: readonly ResponsibilityTag[],
): ClosingLimit[] {
  const ofTags = (form: (tag: ResponsibilityTag) => boolean): ClosingLimit[] =>
    tags.flatMap((tag) => (tag.deadlineRange && form(tag) ? [{ words: tag.deadlineRange, governs: tag.governs }] : []))
  if (closing.every(({ names }) => names.length > 0)) return ofTags(() => true)
  const ranges = governedRanges(closing, headings, paragraphs, text)
  return [
    ...ofTags(({ form }) => form === 'table'),
    ...closing.flatMap(({ deadline }, i) => (deadline ? [{ words: deadline, governs: ranges[i] as Range }] : [])),
  ].sort((a, b) => a.governs.start - b.governs.start)
}

const shortened = (words: string): string => displayForm(trimEnd(words.slice(0, LONGEST_CLAUSE), ',。;:、'))

function firstWords(text: string, range: Range): string {
  const words = trimBoth(text.slice(range.start, Math.min(range.end, range.start + 2 * LONGEST_CLAUSE)), '。;,\n')
  return shortened(words.split(/[。;\n(]/u, 1)[0] as string)
}

/** Brackets and quotes of the paragraphs, found once for tags and sentences. */
class PairsOf {
  private readonly known = new Map<Paragraph, Pair[]>()
  constructor(private readonly text: string) {}
  of(paragraph: Paragraph): Pair[] {
    let pairs = this.known.get(paragraph)
    if (!pairs) this.known.set(paragraph, (pairs = pairsIn(this.text, paragraph.start, paragraph.end)))
    return pairs
  }
}

function findTables(paragraphs: readonly Paragraph[], from: number, to: number): Table[] {
  const tables: Table[] = []
  for (let i = from; i < to; i++) {
    const found = (paragraphs[i] as Paragraph).text.includes('\t')
      ? tableAt(paragraphs, i, to, tables.at(-1) ?? null)
      : cardsAt(paragraphs, i, to)
    if (!found) continue
    if (found.table) tables.push(found.table)
    i = found.next - 1
  }
  return tables
}

function findTags(
  paragraphs: readonly Paragraph[],
  from: number,
  to: number,
  pairs: PairsOf,
  tables: readonly Table[],
): FoundTag[] {
  const tags: FoundTag[] = []
  let table = 0
  /** A line that gives a time, where no tag stands above it: it belongs to the tag on the line below. */
  let above: { deadline: Range; paragraph: number } | null = null
  for (let i = from; i < to; i++) {
    const paragraph = paragraphs[i] as Paragraph
    while (table < tables.length && (tables[table] as Table).end <= paragraph.start) table++
    if (paragraph.text.includes('\t') || (tables[table]?.start ?? Infinity) <= paragraph.start) continue
    const role = labelAlone(paragraph)
    if (role) {
      const list = listBelow(paragraphs, i, to, role)
      if (list) addOrMerge(tags, list)
      i = list ? list.paragraph : i
      continue
    }
    const beside = tags.length > 0 && (tags.at(-1) as FoundTag).paragraph === i - 1 ? lineBesideTag(paragraph) : null
    if (beside) {
      const last = tags.at(-1) as FoundTag
      last.deadline ??= beside.deadline
      last.end = paragraph.end
      last.paragraph = i
      continue
    }
    const alone = lineBesideTag(paragraph)
    if (alone?.deadline) {
      above = { deadline: alone.deadline, paragraph: i }
      // 责任单位:… / 整改目标:… / 整改时限:…: the limit of the tag above the lines that say what is to be done.
      const last = tags.at(-1)
      if (last?.form === 'line' && isBehindContent(paragraphs, last.paragraph, i)) last.deadline ??= alone.deadline
      else if (isLimitAlone(trimEnd(paragraph.text, '。;,'))) {
        // It closes its clause alone, unless a tag stands on the line below.
        const { start, end } = paragraph
        tags.push({ start, end, paragraph: i, form: 'line', deadline: alone.deadline, names: [] })
        continue
      }
    }
    for (const tag of tagsOf(paragraph, i, pairs.of(paragraph))) {
      if (above?.paragraph === i - 1 && tag.form === 'line') tag.deadline ??= above.deadline
      addOrMerge(tags, tag)
    }
  }
  return tags
}

const MOST_CONTENT_LINES = 3
/** Whether nothing but lines that say what is to be done stands between two lines. */
const isBehindContent = (paragraphs: readonly Paragraph[], from: number, to: number): boolean =>
  to - from > 1 &&
  to - from <= MOST_CONTENT_LINES + 1 &&
  paragraphs.slice(from + 1, to).every((paragraph) => isContentLine(paragraph))

/** A tag on the line below another goes on with it, where no role begins anew. */
function addOrMerge(tags: FoundTag[], tag: FoundTag): void {
  const last = tags.at(-1)
  if (last && tag.start - last.end <= 2 && tag.paragraph > last.paragraph && mergeable(last, tag)) {
    merge(last, tag)
    last.paragraph = tag.paragraph
  } else tags.push(tag)
}

/** 全县1375, 合计: what all rows come to, said of nobody. */
const isSum = ({ cells }: TableRow): boolean =>
  /^(?:全[省市县区州旗镇乡]|合计|总计|小计)[\d. ]*$/.test(cells[0]?.text ?? '')

/** The units on the lines below a label that stands alone; null where there are none. */
function listBelow(paragraphs: readonly Paragraph[], at: number, to: number, role: UnitRole): FoundTag | null {
  const first = paragraphs[at] as Paragraph
  const tag: FoundTag = { start: first.start, end: first.end, paragraph: at, form: 'line', deadline: null, names: [] }
  for (let i = at + 1; i < to; i++) {
    const { text, end } = paragraphs[i] as Paragraph
    const list = text.length <= LONGEST_NAME_LINE && !text.includes('\t') ? parseBareList(text) : null
    if (!list) break
    tag.names.push(...list.names.map((name) => ({ ...name, role, stated: role !== 'responsible' })))
    tag.end = end
    tag.paragraph = i
  }
  return tag.names.length > 0 ? tag : null
}

function rowTags(
  text: string,
  table: Table,
  convention: Convention | null,
  headings: readonly RankedHeading[],
): ResponsibilityTag[] {
  const tags: ResponsibilityTag[] = []
  const path = pathOf(headings.findLast((heading) => heading.start <= table.start && heading.bodyEnd >= table.end))
  let above: UnitNames | null = null
  for (const row of table.rows) {
    const units: UnitNames | null = isSum(row) ? null : unitsOfRow(row, convention, above)
    const last = tags.at(-1)
    if (!units) {
      if (last && last.governs.end >= row.start - 1 && isBelowMerged(row))
        tags[tags.length - 1] = { ...last, governs: { ...last.governs, end: row.end } }
      continue
    }
    above = units
    const deadline = deadlineCell(row)
    const cells = row.cells.filter((cell) => isUnitRole(table.columns[cell.column]?.role) && cell.text)
    tags.push({
      start: cells[0]?.start ?? row.start,
      end: cells.at(-1)?.end ?? row.end,
      ...units,
      form: 'table',
      governs: { start: row.start, end: row.end },
      deadlineRange: deadline && { start: deadline.start, end: deadline.end },
      clause: clauseOfRow(text, row),
      path,
    })
  }
  return tags
}

const isUnitRole = (role: string | undefined): boolean =>
  role === 'lead' || role === 'responsible' || role === 'support'

/** Number and task of a row: `2 推进园区整合,组建运营公司`. */
function clauseOfRow(text: string, row: TableRow): string {
  const words = row.cells
    .filter(
      (cell) => ['number', 'task', 'indicator'].includes(row.table.columns[cell.column]?.role ?? 'other') && cell.text,
    )
    .map((cell) => cell.text.split('。', 1)[0] as string)
  return shortened(words.length > 0 ? words.join(' ') : text.slice(row.start, row.end).replace(/\t/g, ' '))
}

function clausesOf(
  text: string,
  paragraphs: readonly Paragraph[],
  document: DocumentParagraphs,
  headings: readonly RankedHeading[],
  tables: readonly Table[],
  tags: readonly ResponsibilityTag[],
  allGaps: readonly Range[],
  pairs: PairsOf,
): Clause[] {
  const rows = new Map<number, TableRow>(tables.flatMap((table) => table.rows.map((row) => [row.start, row] as const)))
  const clauses: Clause[] = []
  let heading = -1
  let gap = 0
  let governing = 0
  /** Index behind the notes below a table. */
  let noteEnd = document.body
  /** Where the last row ends: one of a card takes several paragraphs. */
  let rowEnd = 0
  const pathTo = pathsShared()
  for (let i = document.body; i < document.end; i++) {
    const paragraph = paragraphs[i] as Paragraph
    const row = rows.get(paragraph.start) ?? null
    if (!row && (paragraph.text.includes('\t') || isFrame(paragraph, paragraphs[i + 1]))) continue
    if (i < noteEnd || paragraph.start < rowEnd) continue
    if (row) rowEnd = row.end
    // What a page links to below its text belongs to no document.
    if (!row && RELATED.test(paragraph.text)) break
    if (!row && NOTE.test(paragraph.text) && paragraphs[i - 1]?.text.includes('\t')) {
      noteEnd = endOfNotes(paragraphs, i, document.end)
      continue
    }
    while (heading + 1 < headings.length && (headings[heading + 1] as Heading).start <= paragraph.start) heading++
    while (gap < allGaps.length && (allGaps[gap] as Range).end <= paragraph.start) gap++
    const gaps: Range[] = []
    if (!row)
      for (let k = gap; k < allGaps.length && (allGaps[k] as Range).start < paragraph.end; k++)
        gaps.push(allGaps[k] as Range)
    while (governing < tags.length && (tags[governing] as ResponsibilityTag).governs.end <= paragraph.start) governing++
    const candidate = tags[governing]
    const own = headings[heading]
    const alone = own?.paragraph === i && own.alone
    const sentences = row
      ? [{ start: row.start, end: row.end }]
      : splitSentences(text, paragraph, gaps, pairs.of(paragraph))
    if (sentences.length === 0) continue
    clauses.push({
      start: paragraph.start,
      end: paragraph.end,
      kind: row ? 'row' : alone ? 'heading' : 'paragraph',
      // Behind its table a caption is closed: what follows stands under the heading around it.
      path: pathTo(own && own.bodyEnd <= paragraph.start ? own.parent : own),
      sentences,
      row,
      tag: candidate && candidate.governs.start < paragraph.end ? candidate : null,
    })
  }
  return clauses
}

/** What a web page sets below its text. */
const RELATED =
  /^(?:相关(?:新闻|阅读|链接|报道|文章|稿件|文件)|推荐阅读|延伸阅读|热门文章|上一[篇条]|下一[篇条])(?:$|[:： ].{0,50}$)/

/** 注:①…: below a table says how its indicators are counted, and promises nothing. */
const NOTE = /^(?:注|备注|说明)[\d:①(]/
const NEXT_NOTE = /^(?:[\u2460-\u2473*]|注\d)/
/** Sentences of a note that stand on lines of their own. */
const MOST_LINES_OF_NOTE = 4

/** Index behind the last of the notes that begin at a paragraph. */
function endOfNotes(paragraphs: readonly Paragraph[], at: number, to: number): number {
  let end = at + 1
  for (let i = end; i < to && i - end < MOST_LINES_OF_NOTE; i++) {
    const { text } = paragraphs[i] as Paragraph
    if (text.includes('\t')) break
    if (NEXT_NOTE.test(text)) end = i + 1
  }
  return end
}

/** Signatures, dates, numbers: what frames a document and promises nothing. */
const isFrame = (paragraph: Paragraph, next: Paragraph | undefined): boolean =>
  isDateLine(paragraph.text) ||
  readNumber(paragraph.text) !== null ||
  /^\((?:下载网站|此件|信息公开)/.test(paragraph.text) ||
  (isOrganLine(paragraph.text) && (next === undefined || isDateLine(next.text)))

/** The paths to headings that are asked for in the order of the text: what stands under one heading shares one path. */
function pathsShared(): (heading: Heading | null | undefined) => Heading[] {
  let last: Heading | null = null
  let path: Heading[] = []
  return (heading) => {
    if ((heading ?? null) !== last) {
      last = heading ?? null
      path = pathOf(heading)
    }
    return path
  }
}

function pathOf(heading: Heading | null | undefined): Heading[] {
  const path: Heading[] = []
  for (let at: Heading | null = heading ?? null; at; at = at.parent) path.unshift(at)
  return path
}
