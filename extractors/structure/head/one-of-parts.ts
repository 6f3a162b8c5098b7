import type { Paragraph } from '../paragraphs.ts'
import { isTableHeader } from '../tables.ts'

/** Whether the first line of a text names but one of its parts, which stand side by side: then nothing names the whole. */
export const isOneOfParts = (paragraphs: readonly Paragraph[], at: number): boolean =>
  isOneOfTables(paragraphs, at) || isOneOfChapters(paragraphs, at)

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
