import {
  AMOUNT_UNITS,
  COUNTER_UNITS,
  DENOMINATORS,
  MONEY_UNITS,
  MULTIPLE_UNITS,
  PERCENT_UNITS,
  POINT_UNITS,
  TIME_UNITS,
} from '../lexicon/measures.ts'
import { MAGNITUDES } from '../lexicon/numerals.ts'
import { CharacterSet, LETTERS } from './character-set.ts'
import { isDigitAt } from './number.ts'
import { WordTree } from './word-tree.ts'

/** What kind of number a unit makes: a share, a difference of shares, a multiple, money, an amount, a count, a span of time. */
export type UnitKind = 'percent' | 'points' | 'multiple' | 'money' | 'amount' | 'counter' | 'time' | 'magnitude'

/** A unit of measure as written, magnitude included: `万亩`, `亿元`, `张/千人`. */
export interface FoundUnit {
  start: number
  end: number
  unit: string
  kind: UnitKind
}

const UNITS = new WordTree<UnitKind>()
const add = (words: readonly string[], kind: UnitKind): void => words.forEach((word) => UNITS.add(word, kind))
add(COUNTER_UNITS, 'counter')
add(TIME_UNITS, 'time')
add(AMOUNT_UNITS, 'amount')
add(MONEY_UNITS, 'money')
add(MULTIPLE_UNITS, 'multiple')
add(PERCENT_UNITS, 'percent')
add(POINT_UNITS, 'points')

const BELOW = new WordTree<true>()
DENOMINATORS.forEach((word) => BELOW.add(word, true))

/**
 * Reads the unit that begins at the offset, directly behind a number: `%`, `亿元`, `万人次`, `微克/立方米`.
 * A bare magnitude (`7.42万贫困人口`) is a unit of kind `magnitude`, a bare rate (`18/10万`) an amount.
 * @returns null where none begins there
 */
export function readUnit(text: string, at: number): FoundUnit | null {
  if (text.charAt(at) === '/') return bareRate(text, at)
  const magnitude = magnitudeAt(text, at)
  let from = at + magnitude.length
  if (magnitude && (text.charAt(from) === '余' || text.charAt(from) === '多')) from++
  const whole = UNITS.longest(text, at)
  const behind = from === at ? whole : UNITS.longest(text, from)
  const found = whole && (!behind || whole.end > behind.end) ? whole : behind
  if (!found || isWordNotUnit(text, found.end, text.slice(from, found.end))) {
    PREFIXED.lastIndex = at
    const prefixed = PREFIXES.holds(text, at) ? PREFIXED.exec(text) : null
    if (prefixed) return { start: at, end: PREFIXED.lastIndex, unit: prefixed[0], kind: 'amount' }
    return magnitude ? { start: at, end: at + magnitude.length, unit: magnitude, kind: 'magnitude' } : null
  }
  // 13个点位: a counter and what it counts, no points.
  if (found.value === 'points' && text.startsWith('个点', from) && '位段子'.includes(text.charAt(from + 2) || '-'))
    return { start: at, end: from + 1, unit: withoutSomeMore(text, at, from, from + 1), kind: 'counter' }
  const end = readDenominator(text, found.end)
  return { start: at, end, unit: withoutSomeMore(text, at, from, end), kind: found.value }
}

/** The unit as written, without the 余 or 多 behind its magnitude, which ends at `from`. */
function withoutSomeMore(text: string, at: number, from: number, end: number): string {
  const over = text.charAt(from - 1)
  const isOver = from > at && from < end && (over === '余' || over === '多')
  return isOver ? text.slice(at, from - 1) + text.slice(from, end) : text.slice(at, end)
}

/** Units of computing and power with a prefix: 190EFlops, 400Gbps, 20MVA. */
const PREFIXED = /[kMGTPEZ](?:flops|ops|bps|bit|B|Wh?|Vars?|VA|Hz)(?:\/s)?(?![A-Z\d])/iy
const PREFIXES = new CharacterSet('kKmMgGtTpPeEzZ')

/** A rate whose counted thing is not named: `18/10万`, `6.5/万人`. A stroke before anything else is a fraction or a date. */
function bareRate(text: string, at: number): FoundUnit | null {
  const end = readDenominator(text, at)
  return end > at ? { start: at, end, unit: text.slice(at, end), kind: 'amount' } : null
}

/** 万, 亿, 千万 at the offset; empty where none stands there. */
function magnitudeAt(text: string, at: number): string {
  const character = text.charAt(at)
  if (character !== '万' && character !== '亿' && character !== '千' && character !== '百' && character !== '十')
    return ''
  return MAGNITUDES.find((word) => text.startsWith(word, at)) ?? ''
}

/** End of a compound unit: behind `/千人`, or the offset itself where there is no stroke. */
function readDenominator(text: string, at: number): number {
  let end = at
  while (text.charAt(end) === '/' || text.charAt(end) === '·') {
    let from = end + 1
    while (isDigitAt(text, from)) from++
    const magnitude = magnitudeAt(text, from)
    const below = BELOW.longest(text, from + magnitude.length)
    if (!below && !magnitude) break
    end = below ? below.end : from + magnitude.length
  }
  return end
}

/** Counters that begin a longer word: 1000**人**民币 is no person, 3**分**之一 no point, 20**级** no grade. */
const LONGER_WORDS = new Map<string, readonly string[]>(
  Object.entries({
    人: ['人民', '人力', '人大', '人才', '人均', '人居环'],
    分: ['分之', '分别', '分类', '分期', '分公司'],
    方: ['方面', '方式', '方案', '方向', '方针'],
    道: ['道路'],
    面: ['面积'],
    集: ['集中', '集群'],
    站: ['站点'],
    路: ['路段'],
    期: ['期间'],
    部: ['部门', '部委'],
    组: ['组织'],
    点: ['点多'],
    度: ['度假'],
    单: ['单位'],
    通: ['通道', '通用'],
    线: ['线路'],
    样: ['样板'],
    团: ['团队'],
    段: ['段落'],
    发: ['发展', '发布', '发放', '发明', '发电', '发改', '发达'],
    种: ['种植', '种养', '种业', '种子'],
    株: ['株洲'],
    起: ['起步', '起草'],
    口: ['口岸', '口径'],
    门: ['门类', '门诊'],
    手: ['手续', '手段'],
    字: ['字号'],
    车: ['车间', '车辆', '车型'],
    井: ['井冈'],
    角: ['角地', '角洲', '角形', '角区', '角梅'],
    片: ['片区'],
    场: ['场所', '场馆', '场地', '场镇'],
    班: ['班子'],
    股: ['股权', '股份'],
    群: ['群众', '群体'],
    层: ['层级', '层次'],
    轮: ['轮岗'],
    版: ['版本'],
  }),
)

const LETTER_OR_DIGIT = new CharacterSet(`${LETTERS}0123456789`)

function isWordNotUnit(text: string, end: number, unit: string): boolean {
  const longer = LONGER_WORDS.get(unit)
  if (longer?.some((word) => text.startsWith(word, end - unit.length))) return true
  // Latin units must end where the Latin word ends.
  return LETTER_OR_DIGIT.holds(text, end) && /[A-Z]$/i.test(unit)
}
