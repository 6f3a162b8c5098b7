import type { Paragraph } from '../paragraphs.ts'
import { isTableHeader } from '../tables.ts'
import { hasPunctuation } from '../../text/marks.ts'
import { labelOf } from '../labels.ts'

/** Whether the first line of a text names but one of its parts, which stand side by side: then nothing names the whole. */
export const isOneOfParts = (paragraphs: readonly Paragraph[], at: number): boolean =>
  isOneOfTables(paragraphs, at) || isOneOfChapters(paragraphs, at) || isUnderLikeHeadings(paragraphs, at)

/** 某某任务计划表 above a table, and two more tables below names that end alike. */
function isOneOfTables(paragraphs: readonly Paragraph[], at: number): boolean {
  const ending = endingOf(paragraphs[at])
  if (ending === null) return false
  let alike = 0
  for (let i = at; i + 1 < paragraphs.length; i++)
    if (endingOf(paragraphs[i]) === ending && isTableHeader(paragraphs[i + 1] as Paragraph)) alike++
    else if (i === at) return false
  return alike >= LEAST_TABLES
}
const LEAST_TABLES = 3
/** 任务计划表: the last two characters of the name of a table, null for any other line. */
const endingOf = (line: Paragraph | undefined): string | null =>
  line && line.text.length <= LONGEST_NAME && /[单表]$/.test(line.text) && !line.text.includes('\t')
    ? line.text.slice(-2)
    : null
const LONGEST_NAME = 40

/** 某某情况(60分): a chapter of an assessment with its points, and another one below. */
const isOneOfChapters = (paragraphs: readonly Paragraph[], at: number): boolean =>
  isChapter(paragraphs[at]) && paragraphs.slice(at + 1).some((line) => isChapter(line))
const isChapter = (line: Paragraph | undefined): boolean =>
  line !== undefined && line.text.length <= LONGEST_NAME && /^[^,。;:\t]{4,}\(\d{1,3}分\)$/.test(line.text)

/** 某某行动 / 攻坚目标 / … / 工作要求 / … / 某某行动 / 攻坚目标: each part has the same headings below its name. */
function isUnderLikeHeadings(paragraphs: readonly Paragraph[], at: number): boolean {
  const below = paragraphs[at + 1]
  // Below the head of a column stands another one or a cell, no sentence.
  if (!below || !isInnerHeading(below) || !paragraphs[at + 2]?.text.endsWith('。')) return false
  const times = (words: string): number => paragraphs.filter(({ text }) => text === words).length
  return (
    times(below.text) > 1 &&
    paragraphs
      .slice(at + 2, at + 2 + MOST_LINES_OF_PART)
      .some((line) => line.text !== below.text && isInnerHeading(line) && times(line.text) > 2)
  )
}
/** The first part shows its headings within so many lines. */
const MOST_LINES_OF_PART = 10
const LONGEST_INNER = 12
const isInnerHeading = ({ text }: Paragraph): boolean =>
  text.length >= 4 &&
  text.length <= LONGEST_INNER &&
  /^[\u4e00-\u9fff]+$/.test(text) &&
  !hasPunctuation(text) &&
  labelOf(text) === null
