import type { DocumentTree, Heading } from './types.ts'

/** A heading says of which year it is in its first words: 三、2024年重点工作, 2024年经济社会发展主要目标. */
const YEAR_OF_PART =
  /(?<![到至在〔(])(20\d\d)年度?(?:全[市县区省州])?[^,。;:]{0,14}?(?:工作|任务|目标|重点|安排|打算|计划|要求|部署|思路|举措)/
const TOLD_BY = 40
/** A part that tells what was: 2023年工作回顾. */
const REPORTS = /回顾|总结|完成情况|执行情况|成效|成绩|进展/

/** The year whose work the part under a heading is about, null where the heading names none or reports of it. */
export function yearOfHeading(heading: Heading): number | null {
  const known = years.get(heading)
  if (known !== undefined) return known
  const words = heading.text.slice(0, TOLD_BY)
  const found = !words.includes('20') || REPORTS.test(words) ? null : YEAR_OF_PART.exec(words)
  const year = found ? Number(found[1]) : null
  years.set(heading, year)
  return year
}
/** The year of each heading: asked for every clause below it. */
const years = new WeakMap<Heading, number | null>()

/** The heading that says of which year's work a part is, the innermost first; null where none does. */
export const headingOfYear = (path: readonly Heading[]): Heading | null =>
  path.findLast((heading) => yearOfHeading(heading) !== null) ?? null

/** The last part of a document that says of which year's work it is; null where none does. */
export const partOfYear = ({ headings }: Pick<DocumentTree, 'headings'>): Heading | null => headingOfYear(headings)
