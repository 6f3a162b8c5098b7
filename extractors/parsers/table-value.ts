import { VERBS_OF_CHANGE, VERBS_OF_REDUCTION } from '../lexicon/changes.ts'
import { readNumber } from './number.ts'
import { readUnit } from './unit-of-measure.ts'
import { anyOf } from './word-finder.ts'
import type { Measure, Operator } from '../types.ts'

/** A cell that holds nothing but a value: `≥90`, `5万吨以上`, `下降15%`, `〔13.5〕`, `3~5`. */
export interface TableValue {
  /** Offsets of the digits within the cell's text. */
  valueStart: number
  valueEnd: number
  value: number | [low: number, high: number]
  unit: string
  op: Operator
  /** Whether a sign or word says the comparison; else it is assumed. */
  compared: boolean
  measure: Measure | null
  /** In 〔〕 or []: a sum over the whole period. */
  cumulated: boolean
}

/** 较“十二五”末, 比2020年: against what a cell tells a change; its table's column of the past says how much that was. */
const AGAINST =
  '(?:[较比](?:20\\d\\d年|“?十[一二三四五]五”?|上一?年|去年|前一?年|基期|基年|期初)(?:期?末|年?底|同期|期间)?)?'
const OPENING = new RegExp(
  `^${AGAINST}(?:累计|年均|总体)?(${anyOf(VERBS_OF_CHANGE)})?(?:至|到)?(不低于|不少于|不高于|不超过|控制在|达到|大于|小于|高于|低于|多于|少于|超过|[约≥≤><＞＜≧≦〉〈]|力争)?=?`,
)
/** What may close a cell: a comparison, and in brackets what the value leaves out or includes. */
const CLOSING = /^(?:以上|及以上|左右|以内|以下|\(含\))?(?:\((?:除|不含|含|不包括|包括)[^()\d]{1,10}\))?$/
const COMPARES = /^(?:以上|及以上|左右|以内|以下|\(含\))/
const FALLS = new Set<string>(VERBS_OF_REDUCTION)
const OPS: Readonly<Record<string, Operator>> = {
  不高于: '<=',
  不超过: '<=',
  控制在: '<=',
  小于: '<=',
  低于: '<=',
  少于: '<=',
  '≤': '<=',
  '<': '<=',
  '＜': '<=',
  '≦': '<=',
  '〈': '<=',
  约: '~',
}

/** Reads a cell of a value column. Null where it holds words besides (新建高标准农田8.6万亩) or no number. */
export function readTableValue(cell: string): TableValue | null {
  const bracketed = /^([[〔(【])(.+)[\]〕)】]$/.exec(cell)
  const text = bracketed ? (bracketed[2] as string) : cell
  const shift = bracketed ? 1 : 0
  if (text.length > 24) return null
  const opening = OPENING.exec(text) as RegExpExecArray
  let at = opening[0].length
  const negative = text[at] === '-' || text[at] === '—'
  if (negative) at++
  const first = readNumber(text, at)
  if (!first || first.chinese) return null
  const joint = /^[~—-]|^至/.exec(text.slice(first.end))
  const second = joint ? readNumber(text, first.end + joint[0].length) : null
  // 2:1 is the ratio 2.
  const end = (second ? second.end : first.end) + (text.startsWith(':1', first.end) ? 2 : 0)
  const unit = readUnit(text, end)
  const rest = text.slice(unit ? unit.end : end)
  if (!CLOSING.test(rest)) return null
  const change = opening[1]
  const fell = negative || (change !== undefined && FALLS.has(change))
  const moved = /至|到/.test(opening[0])
  return {
    valueStart: at + shift,
    valueEnd: (second ? second.end : first.end) + shift,
    value: second ? [first.value, second.value] : first.value,
    unit: unit ? unit.unit : '',
    op: second ? 'range' : operatorOf(opening[2], rest),
    compared: second !== null || opening[2] !== undefined || change !== undefined || COMPARES.test(rest),
    measure: moved ? 'level' : fell ? 'reduction' : change ? 'growth' : null,
    cumulated: bracketed !== null,
  }
}

function operatorOf(word: string | undefined, rest: string): Operator {
  if (/左右/.test(rest)) return '~'
  if (/以内|以下/.test(rest)) return '<='
  return word ? (OPS[word] ?? '>=') : '>='
}

/** A value of a cell and what it holds for: `大城市≥40` is 40 for 大城市. */
interface ConditionalValue extends TableValue {
  holdsFor: string
}

const CONDITION =
  /([\u4e00-\u9fff]{2,8}):?((?:不低于|不少于|不高于|不超过|[≥≤<>＜＞≦≧约])?=?\d[\d.]*(?:%|‰)?(?:以上|以下|以内|左右)?)[,;、]?/y
/** Words before a number that say how it is meant, not what for. */
const NO_CONDITION = new RegExp(`^(?:${anyOf(VERBS_OF_CHANGE)}|达到|累计|年均|控制在|力争|约|不[低少高超])`)

/** Reads a cell that gives a value for each of several kinds: `大城市≥40 小城市≥20`. Empty where it is anything else. */
export function readConditionalValues(cell: string): ConditionalValue[] {
  const values: ConditionalValue[] = []
  let at = 0
  while (at < cell.length) {
    CONDITION.lastIndex = at
    const match = CONDITION.exec(cell)
    const condition = match?.[1] as string
    const value = match && !NO_CONDITION.test(condition) ? readTableValue(match[2] as string) : null
    if (!match || !value) return []
    const from = match.index + match[0].indexOf(match[2] as string, condition.length)
    values.push({ ...value, holdsFor: condition, valueStart: from + value.valueStart, valueEnd: from + value.valueEnd })
    at = CONDITION.lastIndex
  }
  return values.length > 1 ? values : []
}
