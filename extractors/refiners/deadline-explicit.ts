import type { FoundTime } from '../parsers/time.ts'
import type { DocumentContext, Draft, Refiner, SentenceView } from './draft.ts'
import { standing } from './draft.ts'
import { isOpen } from './sentence-view.ts'
import { stripOpening } from './words.ts'

/** The times of a sentence that can govern a promise: in the open, not compared with, not a state of the past, not a start. */
export function governingTimes(view: SentenceView, context: DocumentContext): FoundTime[] {
  return view.times.filter((time) => isOpen(view, time) && !view.compared.has(time) && time.role !== 'state' && isAhead(time, context) && !isSince(view, time) && !isOutlook(view, time))
}

/** 为到2035年…奠定基础, 锚定2035年远景目标, 面向2030年: what the promise looks out to, not when it falls due. */
const isOutlook = (view: SentenceView, time: FoundTime): boolean => OUTLOOK.test(view.text.slice(Math.max(view.sentence.start, time.start - 3), time.start))
const OUTLOOK = /(?:为|锚定|对标|面向|迈向|着眼|瞄准|对照|围绕)$/

/** 自2019年1月1日起 governs what is done from then on; 起施行 belongs to the document itself. */
const isSince = (view: SentenceView, time: FoundTime): boolean => time.role === 'since'

/** Whether the time ends on or after the day of issue. */
export const isAhead = (time: FoundTime, context: DocumentContext): boolean =>
  context.issuedOn === null || time.last >= context.issuedOn || time.last.slice(0, 4) >= String(context.year ?? 0)

/** A time in the same sentence: the nearest before the number; where none stands before it, the first behind it that sets a limit. */
export const deadlineExplicit: Refiner = (view, context) => {
  const times = governingTimes(view, context)
  if (times.length === 0) return
  const drafts = standing(view)
  pairTimes(view, drafts, times)
  for (const draft of drafts) {
    if (draft.deadline !== null) continue
    const time = timeFor(view, draft, times)
    if (!time) continue
    draft.deadline = time.last
    draft.deadlineBasis = 'explicit'
    draft.reasons.deadline = { range: { start: time.start, end: time.end }, rule: `deadline-explicit/${time.rule}` }
  }
}

/** 「到2023年和2025年，…分别达到70%和100%」: as many times in a row as numbers in a row. */
function pairTimes(view: SentenceView, drafts: readonly Draft[], times: readonly FoundTime[]): void {
  const row = times.filter((time, index) => index === 0 || /^[、和及与,]$/.test(view.text.slice((times[index - 1] as FoundTime).end, time.start)))
  if (row.length < 2) return
  const behind = drafts.filter((draft) => draft.quantity.start > (row.at(-1) as FoundTime).end && draft.reasons.indicator?.rule === 'respectively')
  if (behind.length !== row.length) return
  behind.forEach((draft, index) => {
    const time = row[index] as FoundTime
    draft.deadline = time.last
    draft.deadlineBasis = 'explicit'
    draft.confidence = 0.85
    draft.reasons.deadline = { range: { start: time.start, end: time.end }, rule: 'deadline-explicit/paired' }
  })
}

/** 2020年底前全部投入使用: a predicate without a subject or object of its own speaks of what stands before. */
const ANAPHORIC = /^,?(?:全部|全面|基本|陆续|正式|均|力争|确保)*(?:完成|建成|投入使用|投用|投产|投运|竣工|完工|通车|交付|达产|开工|到位|实现|验收)(?:使用|验收|运行|运营|并投入使用)?[,;。)]/

/** Whether a time before the number still governs it: a part of a year in mid-phrase (创建11月底前验收) keeps to its fragment. */
function reaches(view: SentenceView, time: FoundTime, draft: Draft): boolean {
  if (time.last.endsWith('-12-31')) return true
  const fragment = view.fragments.find(({ start, end }) => time.start >= start && time.start < end)
  if (!fragment || draft.quantity.start < fragment.end) return true
  if (view.fragments.some(({ end, mark }) => mark === ';' && end >= time.end && end < draft.quantity.start)) return false
  return stripOpening(view.text.slice(fragment.start, time.start).replace(/^\s*(?:\(?[\d一二三四五六七八九十]+\)?[、.)])?/, '')) === ''
}

function timeFor(view: SentenceView, draft: Draft, times: readonly FoundTime[]): FoundTime | null {
  const before = times.filter((time) => time.end <= draft.quantity.start && reaches(view, time, draft))
  const nearest = before.at(-1)
  if (nearest) return nearest
  const behind = times[0] as FoundTime
  const fragment = view.fragments[draft.fragment]
  // 「新建学校10所，2020年底前投入使用」: a limit behind the number, before any other number gets a date of its own.
  const rest = view.text.slice(behind.end, behind.end + 10)
  return fragment && behind.start - fragment.end <= 12 && behind.start > draft.quantity.start && ANAPHORIC.test(rest) ? behind : null
}
