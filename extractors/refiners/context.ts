import { findTimes } from '../parsers/time.ts'
import type { DocumentTree } from '../structure/types.ts'
import type { ReadingText } from '../text/reading-text.ts'
import type { DocumentContext } from './draft.ts'

/** Titles of documents that lay down rules: their numbers are parameters. */
const REGULATION = /(?:办法|规定|条例|细则|规则|规程|守则|准则|章程|标准)(?:\([^)]{0,6}\))?(?:的通知|》?的通知|》的通知|的公告|的决定)?[》\s]*$/
const PROMISING = /(?:规划|计划|方案|要点|意见|行动|目标|任务|工作|分工)/

/** What the sentences of a document need to know of it. */
export function contextOf(document: DocumentTree, reading: ReadingText): DocumentContext {
  const { head } = document
  const numberYear = /〔(\d{4})〕|\((\d{4})\)|\[(\d{4})\]/.exec(head.number ?? '')
  const year = Number(head.issuedOn?.slice(0, 4) ?? numberYear?.[1] ?? numberYear?.[2] ?? numberYear?.[3] ?? NaN)
  const issueYear = Number.isNaN(year) ? null : year
  const issuedOn = head.issuedOn ?? (issueYear === null ? null : `${issueYear}-01-01`)
  const titlePeriod = titleTime(document, reading, issuedOn, issueYear)
  return { document, reading, issuedOn, year: issueYear, titlePeriod, regulation: REGULATION.test(head.title) && !PROMISING.test(head.title.slice(-14)) }
}

/** The period that the title names: 2019年…工作要点, “十三五”…规划, …三年行动计划(2018—2020年). */
function titleTime(document: DocumentTree, reading: ReadingText, issuedOn: string | null, year: number | null): DocumentContext['titlePeriod'] {
  const { head } = document
  const end = Math.min(head.range.end, head.range.start + 400)
  const start = head.range.start
  const at = reading.text.slice(start, end)
  const title = head.title.replace(/[\s]/g, '')
  const times = findTimes(`${title},`, 0, title.length + 1, { issuedOn, year })
  const plan = /[“]?(十[一二三四五六]?五)[”]?/.exec(title)
  const period = times.filter((time) => time.role !== 'state' && time.role !== 'since').at(-1)
  if (period && (issuedOn === null || period.last >= issuedOn)) return place(period, at, start, title)
  if (plan) {
    const [found] = findTimes(`“${plan[1]}”期间`, 0, 7, { issuedOn, year })
    if (found && (issuedOn === null || found.last >= issuedOn)) return place(found, at, start, plan[0])
  }
  return null
}

/** The title's time at its place in the reading text, or at the head's start where line breaks hide it. */
function place(time: NonNullable<DocumentContext['titlePeriod']>, head: string, offset: number, words: string): NonNullable<DocumentContext['titlePeriod']> {
  const found = head.indexOf(words.slice(0, 6))
  const start = offset + Math.max(found, 0)
  return { ...time, start, end: start + Math.min(words.length, 20) }
}
