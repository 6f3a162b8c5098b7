import { BEGINNINGS, RELATIVE_YEARS } from '../lexicon/periods.ts'
import { BEGUN, DONE, IN_USE } from '../lexicon/works.ts'
import { daysLater, lastOfMonth, lastOfYear, monthsLater } from './calendar.ts'
import { CharacterSet } from './character-set.ts'
import { isChineseNumeralAt, isDigitAt, readNumber } from './number.ts'
import { readWithinYear } from './time-point.ts'
import type { TimeBase, TimeCore } from './time-core.ts'
import { anyOf } from './word-finder.ts'

const NAMES = Object.keys(RELATIVE_YEARS).sort((a, b) => b.length - a.length)
const NAME_BEGINS = new CharacterSet(NAMES.map((name) => name[0] as string))
const FROM_ISSUE = /自?(?:本[意方通办决][见案知法定])?(?:印发|发布|下发|公布|施行|实施|发文|文件印发|公告|批复)之?日起/y
const ISSUE_BEGINS = new CharacterSet('自本印发下公施实文批')
const YEARS_AHEAD = /(?:未来|今后|力争|争取|再用|利用|用|通过|经过|经)的?/y
const AHEAD_BEGINS = new CharacterSet('未今力争再利用通经')
/** What joins the shorter of two terms to the longer one. */
const TO_UPPER = new CharacterSet('—~-至到')
const YEARS_BEHIND = /年(?:左右的?时间|左右|以内|之内|内|时间|的?努力|的?建设|的?攻坚|的?发展)/y

/** 今年底, 明年6月底前, 年内, 上半年, 6月底前, 三年内, 用3—5年时间, 印发之日起6个月内. */
export function readRelativeTime(text: string, at: number, base: TimeBase): TimeCore | null {
  return (
    readPlanEnd(text, at, base) ??
    readFromIssue(text, at, base) ??
    readYearsAhead(text, at, base) ??
    readThisMonth(text, at, base) ??
    readNamedYear(text, at, base) ??
    readBareYear(text, at, base)
  )
}

const core = (end: number, first: string, last: string, rule: string, role: TimeCore['role']): TimeCore => ({
  end,
  first,
  last,
  relative: true,
  rule: `relative-time/${rule}`,
  role,
})

const PLAN_BEGINS = new CharacterSet('规计方')

/** `规划期末`, `规划期内`: the last day of the plan that the document is. */
function readPlanEnd(text: string, at: number, base: TimeBase): TimeCore | null {
  const word =
    base.planEnd && PLAN_BEGINS.holds(text, at)
      ? ['规划期末', '规划期内', '规划期间', '计划期末', '方案实施期末'].find((candidate) =>
          text.startsWith(candidate, at),
        )
      : undefined
  return word
    ? core(at + word.length, base.issuedOn ?? (base.planEnd as string), base.planEnd as string, 'plan-end', 'limit')
    : null
}

/** `印发之日起6个月内`, `自发布之日起30日内`: counted from the date of issue. */
function readFromIssue(text: string, at: number, base: TimeBase): TimeCore | null {
  if (!ISSUE_BEGINS.holds(text, at)) return null
  FROM_ISSUE.lastIndex = at
  if (!base.issuedOn || !FROM_ISSUE.test(text)) return null
  const number = readNumber(text, FROM_ISSUE.lastIndex)
  if (!number) return null
  const unit = /^(个月|[月年日天]|个工作日)(?:之内|以内|内)/.exec(text.slice(number.end, number.end + 6))
  if (!unit) return null
  const last =
    unit[1] === '年'
      ? monthsLater(base.issuedOn, number.value * 12)
      : unit[1] === '个月' || unit[1] === '月'
        ? monthsLater(base.issuedOn, number.value)
        : unit[1] === '个工作日'
          ? daysLater(base.issuedOn, Math.ceil((number.value / 5) * 7))
          : daysLater(base.issuedOn, number.value)
  return core(number.end + unit[0].length, base.issuedOn, last, 'from-issue', 'limit')
}

/** `三年内`, `用3年时间`, `未来五年`, `通过3—5年努力`: to the end of the document's year and so many more; the longer of two terms. */
function readYearsAhead(text: string, at: number, base: TimeBase): TimeCore | null {
  const opens = AHEAD_BEGINS.holds(text, at)
  if (!opens && !isDigitAt(text, at) && !isChineseNumeralAt(text, at)) return null
  YEARS_AHEAD.lastIndex = at
  const ahead = opens ? YEARS_AHEAD.exec(text) : null
  const number = readNumber(text, ahead ? YEARS_AHEAD.lastIndex : at)
  if (!number || number.value < 1 || number.value > 30 || !Number.isInteger(number.value)) return null
  let end = number.end
  let years = number.value
  if (TO_UPPER.holds(text, end)) {
    const upper = readNumber(text, end + 1)
    if (upper && upper.value > years && upper.value <= 30) {
      years = upper.value
      end = upper.end
    }
  }
  YEARS_BEHIND.lastIndex = end
  const behind = text.charAt(end) === '年' ? YEARS_BEHIND.exec(text) : null
  const word = ahead?.[0]
  const isComing = word === '未来' || word === '今后'
  if (!behind && !(text[end] === '年' && isComing && text[end + 1] !== '来')) return null
  if (behind && !ahead && !/内/.test(behind[0])) return null
  if (/[近第每后满续前]/.test(text[at - 1] ?? '') || isAge(text, at, behind ? YEARS_BEHIND.lastIndex : end + 1))
    return null
  const from = FROM_YEAR.exec(text.slice(Math.max(0, at - LONGEST_FROM), at))?.[1]
  const issuedOn = from === undefined ? base.issuedOn : `${from}-01-01`
  if (!issuedOn) return null
  const issueYear = Number(issuedOn.slice(0, 4))
  // Five years of a document that speaks of the five-year plan begun in its year are those of the plan.
  // So are the coming five (未来五年) of one issued at the beginning of the first year of a plan (2021, 2026): that year is counted.
  const begins = issueYear % 5 === 1 && issuedOn.slice(5, 7) <= '03'
  const isPlan = years === 5 && (base.planNamed === lastOfYear(issueYear + 4) || (isComing && begins))
  const last = issueYear + years - (isPlan ? 1 : 0)
  const planned =
    base.planEnd && Math.abs(Number(base.planEnd.slice(0, 4)) - last) <= 1 ? base.planEnd : lastOfYear(last)
  return core(behind ? YEARS_BEHIND.lastIndex : end + 1, issuedOn, planned, 'years-ahead', 'limit')
}
/** 2027年起3年内: the year that the term itself counts from. */
const FROM_YEAR = /(20\d\d)年度?(?:起|开始),?$/
const LONGEST_FROM = 10

/** 毕业2年内的高校毕业生, 登记注册5年内有潜力的企业: how long ago something happened to those who are meant. */
const HAPPENED = new RegExp(`(?:${anyOf(BEGINNINGS)})(?:后|未满|不满|满)?$`)
const isAge = (text: string, at: number, end: number): boolean =>
  HAPPENED.test(text.slice(Math.max(0, at - 6), at)) && !/^[,。;]/.test(text.slice(end, end + 1))

const THIS_MONTH = /(?:(?<which>[本下])个?)?月(?:底|(?<day>\d{1,2})日)(?:之前|以前|前)?/y
const MONTH_BEGINS = new CharacterSet('月本下')

/** `月底前`, `本月底前`, `下月10日前`: of the month of issue or the next one, where the day of issue is known. */
function readThisMonth(text: string, at: number, base: TimeBase): TimeCore | null {
  if (!MONTH_BEGINS.holds(text, at) || /[\d每各次当上逐个一二三四五六七八九十]/.test(text[at - 1] ?? '')) return null
  THIS_MONTH.lastIndex = at
  const found = THIS_MONTH.exec(text)
  // Where only the year of issue is known, its first day stands for it.
  if (!found || !base.issuedOn || base.issuedOn.endsWith('-01-01')) return null
  const { which, day } = found.groups as Record<string, string | undefined>
  if (!which && (day !== undefined || !found[0].endsWith('前'))) return null
  const month = monthsLater(`${base.issuedOn.slice(0, 7)}-01`, which === '下' ? 1 : 0).slice(0, 7)
  const end = lastOfMonth(Number(month.slice(0, 4)), Number(month.slice(5)))
  const last = day === undefined ? end : `${month}-${day.padStart(2, '0')}`
  if (last > end) return null
  return core(THIS_MONTH.lastIndex, base.issuedOn, last, 'this-month', 'limit')
}

/** `今年`, `明年6月底前`, `本年度`, `次年2月`. */
function readNamedYear(text: string, at: number, base: TimeBase): TimeCore | null {
  if (!NAME_BEGINS.holds(text, at)) return null
  const name = NAMES.find((word) => text.startsWith(word, at))
  const issueYear = base.issuedOn ? Number(base.issuedOn.slice(0, 4)) : base.year
  if (!name || issueYear === null || text[at - 1] === '每') return null
  // 以上年销售收入, 在此基础上年均增长: 上 and 年 of two words.
  if (name === '上年' && (/[以础]/.test(text[at - 1] ?? '') || text[at + name.length] === '均')) return null
  const counted = name === '次年' || name === '当年' ? (base.year ?? issueYear) : issueYear
  const year = counted + (RELATIVE_YEARS[name] as number)
  const end = at + name.length
  const within = readWithinYear(text, end, year)
  if (within) return core(within.end, within.first, within.last, 'named-year', 'during')
  if (/[级龄份]/.test(text[end] ?? '')) return null
  return core(end, `${year}-01-01`, lastOfYear(year), 'named-year', 'during')
}

const BARE =
  /[春秋]季(?:学期)?开学(?=前|之前)|年(?:底|末)(?:之前|以前|前)?|年内|年中前|(?:上|下)半年|(?:第?[一二三四1-4]|前三)季度|(?:\d{1,2}|十[一二]?|[一二三四五六七八九])月(?:[份底末前]|上旬|中旬|下旬|\d{1,2}日)?/y

/** 二、5月20日前, 3、6月底前: the number of the item stands before the time, no other month. */
const ITEM_BEFORE = /(?:^|[\n。;:])(?:[一二三四五六七八九十]{1,3}|\d{1,2})、$/
/** Behind these a month or a half counts, or is part of a number. */
const NO_YEAR_BEFORE = new CharacterSet('每年个0123456789')
const BARE_BEGINS = new CharacterSet('春秋年上下第前十一二三四五六七八九0123456789')

/** 8月通车, 10月,举办: what happens then. */
const DUE_THEN = new RegExp(
  `^,?(?:${anyOf([...BEGUN, ...DONE, ...IN_USE, '投入', '验收', '召开', '举办', '移栽', '出台', '发布'])})`,
)

/** `年底前`, `年内`, `上半年`, `6月底前`, `9月30日前`: of the year named last. Only as a limit or a part of a year. */
function readBareYear(text: string, at: number, base: TimeBase): TimeCore | null {
  if (base.year === null || !BARE_BEGINS.holds(text, at) || NO_YEAR_BEFORE.holds(text, at - 1)) return null
  BARE.lastIndex = at
  const found = BARE.exec(text)
  // 3月、6月各一次 counts months; 3月动工、年底完工 sets limits.
  // 3月30日、6月30日前: full dates in a row are limits, too.
  if (
    !found ||
    (text[at - 1] === '、' &&
      !/^年|[底末]$/.test(found[0]) &&
      !(text[at - 2] === '日' && found[0].endsWith('日')) &&
      !ITEM_BEFORE.test(text.slice(Math.max(0, at - 5), at)))
  )
    return null
  const word = found[0]
  const end = BARE.lastIndex
  if (word.startsWith('年')) {
    if (text[at - 1] === '全' || text[at - 1] === '当' || text[at - 1] === '往' || text[at - 1] === '近') return null
    const last = word.startsWith('年中') ? lastOfMonth(base.year, 6) : lastOfYear(base.year)
    return core(end, `${base.year}-01-01`, last, 'bare-year', 'limit')
  }
  const within = readWithinYear(text, at, base.year)
  if (!within) return null
  const limited =
    /^(?:[底末前止]|之前|以前|内(?![容部外]))/.test(text.slice(within.end, within.end + 2)) ||
    /日$|旬$/.test(text.slice(at, within.end)) ||
    within.first === within.last
  const placed =
    /(?:力争|争取|计划|确保|[拟于在]|预计)$/.test(text.slice(Math.max(0, at - 2), at)) ||
    DUE_THEN.test(text.slice(within.end, within.end + 3))
  const opens =
    /^$|[,;。:)]/.test(text[at - 1] ?? '') &&
    /^,?[\u4e00-\u9fff]/.test(text.slice(within.end, within.end + 2)) &&
    !/^[至到份初中以的起]/.test(text[within.end] ?? '')
  // 光伏项目6月并网、二期年底投产: a predicate alone closes the part.
  const closes =
    /[\u4e00-\u9fff”)]/.test(text[at - 1] ?? '') &&
    /^(?![份至到起以末的初中增两三四]|同比|环比|下降)[\u4e00-\u9fff]{2,8}[,;。、)]/.test(
      text.slice(within.end, within.end + 10),
    )
  if (word.includes('月') && !limited && !placed && !opens && !closes) return null
  return core(within.end, within.first, within.last, 'bare-year', limited ? 'limit' : 'during')
}
