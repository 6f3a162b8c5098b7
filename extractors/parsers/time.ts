import { FESTIVALS, NAMED_YEARS, RELATIVE_YEARS, SINCE_WORDS, UNTIL_WORDS } from '../lexicon/periods.ts'
import { CharacterSet, codeAt, LETTERS } from './character-set.ts'
import { readNextFestival } from './festival.ts'
import { isDigitAt, LONGEST_CODE } from './number.ts'
import type { TimeBase, TimeCore } from './time-core.ts'
import { readPlan } from './plan-period.ts'
import { readRelativeTime } from './relative-time.ts'
import { readPoint } from './time-point.ts'
import { readLimit } from './time-suffix.ts'

/**
 * What a time says: `limit` until then (到2020年, 6月底前), `during` within it (2019年, “十三五”期间), `since` from then on
 * (自2019年1月1日起), `state` as of then (截至2015年底).
 */
type TimeRole = 'limit' | 'during' | 'since' | 'state'

/** A time as it stands in the text, its preposition and suffix included. */
export interface FoundTime {
  start: number
  end: number
  /** First and last day, `YYYY-MM-DD`. */
  first: string
  last: string
  role: TimeRole
  /** Counted from the date of the document (明年, 三年内), so as sure as that date. */
  relative: boolean
  /** A span from the date of issue on (三年内), not a date. */
  term: boolean
  /** Name of the rule that read it, for explanations. */
  rule: string
}

const BEGINS = new CharacterSet(
  '0123456789第“十九二一三两四五六七八〇今明后本当次来下上去前年第未自用通经力底春秋冬夏印建新近规计方元国劳利月',
)

/** What words of times open with; the characters of most of them open other words far more often. */
const OPENINGS = [
  ...Object.keys(RELATIVE_YEARS),
  ...Object.keys(NAMED_YEARS),
  ...Object.keys(FESTIVALS),
  '春节',
  ...['第一', '第二', '第三', '第四', '第1', '第2', '第3', '第4', '第十', '今后', '未来', '力争', '利用', '通过'],
  ...['本意', '本方', '本通', '本办', '本决', '印发', '下发', '自本', '自印', '自发', '自下', '自公', '自施', '自实'],
  ...['自文', '自批', '上半', '下半', '前三', '年底', '年末', '年内', '年中', '规划', '计划', '方案', '春季', '秋季'],
  ...['夏季', '冬季'],
  ...['月底', '本月', '本个', '下月', '下个'],
]
/** The second characters of those words, by the code of the first. */
const FOLLOWS: (string | undefined)[] = new Array<string | undefined>(65_536).fill(undefined)
for (const word of OPENINGS) {
  const first = word.charCodeAt(0)
  FOLLOWS[first] = (FOLLOWS[first] ?? '') + word.charAt(1)
}
for (const numeral of '十九二一三两四五六七八〇') FOLLOWS[numeral.charCodeAt(0)] = undefined

/** Whether a time may begin with the two characters at the offset: a glance, before every way of writing one is tried. */
function mayOpen(text: string, at: number): boolean {
  const seconds = FOLLOWS[codeAt(text, at)]
  if (seconds === undefined) return true
  const second = codeAt(text, at + 1)
  for (let i = 0; i < seconds.length; i++) if (seconds.charCodeAt(i) === second) return true
  return false
}

/** Finds every time between two offsets; the words of one never overlap those of the next. */
export function findTimes(text: string, start: number, end: number, base: TimeBase): FoundTime[] {
  const found: FoundTime[] = []
  const running: TimeBase = {
    issuedOn: base.issuedOn,
    year: base.year,
    planEnd: base.planEnd ?? null,
    planNamed: base.planNamed ?? null,
  }
  let ofParts: number | null | undefined
  let at = start
  while (at < end) {
    if (!BEGINS.holds(text, at) || !mayOpen(text, at)) {
      at++
      continue
    }
    // 2027年:一是到2030年…;二是9月底前…: each part of the sentence counts its months anew.
    if (text[at + 1] === '是' && PART.test(text.slice(Math.max(0, at - 2), at + 1))) {
      if (text[at] === '一' || ofParts === undefined) ofParts = running.year
      running.year = ofParts
    }
    const label = labelEnd(text, at)
    if (label > at) {
      at = label
      continue
    }
    const time = readTime(text, at, running, found.at(-1)?.end ?? start)
    if (time && isMoment(text, time)) at = time.end
    else if (time && time.end <= end) {
      found.push(time)
      // “十六五”期间…,6月底前…: a period of years names none for the months behind it.
      const ofOneYear = time.first.slice(0, 4) === time.last.slice(0, 4)
      if ((!time.relative && ofOneYear) || running.year === null) running.year = Number(time.last.slice(0, 4))
      at = time.end
    } else {
      at = isDigitAt(text, at) ? behindDigits(text, at) : at + 1
    }
  }
  return found
}

/** 2027-05-19 14:17: when a page was put up; 年末考核, a check that is called by its time. Neither is a time by which anything is due. */
const isMoment = (text: string, { start, end }: FoundTime): boolean =>
  CLOCK.test(text.slice(end, end + 8)) ||
  (/^年[末终底]$/.test(text.slice(start, end)) && CHECKED.test(text.slice(end, end + 4)))
const CLOCK = /^ ?\d{1,2}:\d\d/
const CHECKED = /^(?:检查|考核|考评|评比|评估|总结|决算|述职)(?:[、,;。]|$)/

const PART = /[;。,:\n]十?[一二三四五六七八九十]$/

/** Behind the number of an item that a time follows at once (`7.2024年`, `4.9月底`); the offset itself elsewhere. */
function labelEnd(text: string, at: number): number {
  const found =
    isDigitAt(text, at) && (text.charAt(at + 1) === '.' || text.charAt(at + 2) === '.')
      ? LABEL.exec(text.slice(at, at + 9))
      : null
  return found && !isDigitAt(text, at - 1) ? at + (found[1] as string).length : at
}

const LABEL = /^(\d{1,2}\.)(?:\d{4}年|\d{1,2}月)/

function behindDigits(text: string, at: number): number {
  let end = at
  while (end - at < LONGEST_CODE && isDigitAt(text, end)) end++
  return end
}

const TERM = 'relative-time/years-ahead'
/** Behind these a digit is part of a name or of a longer number. */
const IN_NAME = new CharacterSet(`${LETTERS}0123456789.`)

function readTime(text: string, at: number, base: TimeBase, from: number): FoundTime | null {
  if (isDigitAt(text, at) && at > from && IN_NAME.holds(text, at - 1) && !isBehindLabel(text, at)) return null
  const core =
    readPoint(text, at) ?? readPlan(text, at) ?? readRelativeTime(text, at, base) ?? readNextFestival(text, at, base)
  if (!core) return null
  // 年内开始铺轨: a limit by which something begins, no beginning from then on.
  const limit =
    core.role === 'limit' && text.startsWith('开始', core.end)
      ? { end: core.end, role: null }
      : readLimit(text, core.end)
  const until = wordBefore(text, at, from, UNTIL_WORDS)
  const since = wordBefore(text, at, from, SINCE_WORDS)
  const start = at - (until ?? since ?? '').length
  const role = roleOf(core, until, since, limit.role, base)
  return {
    start,
    end: limit.end,
    first: core.first,
    last: core.last,
    role,
    relative: core.relative,
    term: core.rule === TERM,
    rule: core.rule,
  }
}

/** `7.2024年5月`, `4.9月底前`, `三.2026年工作安排`: the number of the item or heading stands directly before. */
function isBehindLabel(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 4), at)
  return (
    /(?:(?:^|[^\d.])\d{1,2}|[一二三四五六七八九十)])\.$/.test(before) &&
    /^(?:\d{4}年|\d{1,2}月)/.test(text.slice(at, at + 5))
  )
}

function roleOf(
  core: TimeCore,
  until: string | null,
  since: string | null,
  suffix: 'limit' | 'since' | null,
  base: TimeBase,
): FoundTime['role'] {
  if (suffix === 'since') return 'since'
  if (until?.startsWith('截'))
    return (suffix === 'limit' && until.startsWith('截止')) || liesAhead(core, base) ? 'limit' : 'state'
  if (since && suffix !== 'limit') return 'since'
  if (suffix === 'limit' || (until && until !== '在' && until !== '于')) return 'limit'
  return core.role
}

/** 截至2030年 in a document of 2027: how things stand on a day to come is what is to be reached by then. */
const liesAhead = ({ last }: TimeCore, { issuedOn, planEnd }: TimeBase): boolean =>
  issuedOn !== null &&
  last > issuedOn &&
  // Where only the year of the document is known, that year's own days may lie behind it; the last day of a plan never does.
  (!issuedOn.endsWith('-01-01') || last.slice(0, 4) > issuedOn.slice(0, 4) || last === planEnd)

function wordBefore(text: string, at: number, from: number, words: readonly string[]): string | null {
  const word =
    words.find((candidate) => at - candidate.length >= from && text.startsWith(candidate, at - candidate.length)) ??
    null
  // 达到当年计划的…, 提高到2020年的…, 不低于2019年同期…: the 到, 至 or 于 of a verb.
  const ofVerb =
    (word === '到' && /[达高升加低降少大长展增减]/.test(text[at - 2] ?? '')) ||
    (word === '至' && /[高升加低降少增减]/.test(text[at - 2] ?? '')) ||
    (word === '于' && /[高低多少大小优快]/.test(text[at - 2] ?? ''))
  return ofVerb ? null : word
}
