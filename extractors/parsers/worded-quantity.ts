import { VERBS_OF_REDUCTION } from '../lexicon/changes.ts'
import { CHINESE_MULTIPLIERS } from '../lexicon/numerals.ts'
import { DELIVERY_VERBS } from '../lexicon/verbs.ts'
import { codeAt } from './character-set.ts'
import { readNumber } from './number.ts'
import { readUnit } from './unit-of-measure.ts'
import type { FoundQuantity, QuantityForm } from './quantity-types.ts'
import { anyOf } from './word-finder.ts'

/** A way of writing a number in words: its pattern and what it says. */
interface WordedNumber {
  rule: string
  form?: QuantityForm
  /** Characters it can begin with: the pattern is tried only there. */
  begins: string
  read: (text: string, at: number) => Omit<FoundQuantity, 'start' | 'valueStart' | 'writing' | 'form'> | null
}

/** A number in front of 分之 or 成 has no more characters. */
const MOST_BEFORE = 6

/** Whether a character stands within a short number's reach: only then the number is worth reading. */
function standsSoon(text: string, character: string, at: number): boolean {
  for (let i = at + 1; i <= at + MOST_BEFORE; i++) if (text[i] === character) return true
  return false
}

const SHARE_UNITS: Readonly<Record<string, string>> = { 百: '%', 千: '‰', 万: '‱' }

/** `百分之八十`, `百分之3.5`, `千分之五`, `万分之三`. */
const SHARE: WordedNumber = {
  rule: 'worded-quantity/share',
  begins: '百千万',
  read(text, at) {
    const unit = text.startsWith('分之', at + 1) ? SHARE_UNITS[text[at] as string] : undefined
    if (!unit) return null
    const number = readNumber(text, at + 3)
    if (!number) return null
    return {
      end: number.end,
      valueEnd: number.end,
      value: number.value,
      unit,
      kind: 'percent',
      more: false,
      rule: this.rule,
    }
  },
}

/** `三分之二`, `四分之三`: a share, in per cent to two places. */
const FRACTION: WordedNumber = {
  rule: 'worded-quantity/fraction',
  begins: '二三四五六七八九十2345678',
  read(text, at) {
    const whole = standsSoon(text, '分', at) ? readNumber(text, at) : null
    if (!whole || !text.startsWith('分之', whole.end)) return null
    const part = readNumber(text, whole.end + 2)
    if (!part || part.value >= whole.value) return null
    const value = Math.round((part.value / whole.value) * 10_000) / 100
    return { end: part.end, valueEnd: part.end, value, unit: '%', kind: 'percent', more: false, rule: this.rule }
  },
}

/** `达到1/3`: the same in figures, behind a word that compares; 1/3 alone is a date or a page. */
const FRACTION_IN_FIGURES: WordedNumber = {
  rule: 'worded-quantity/fraction',
  begins: '123',
  read(text, at) {
    const found = IN_FIGURES.exec(text.slice(at, at + 4))
    if (!found || !COMPARES.test(text.slice(Math.max(0, at - 3), at))) return null
    const value = Math.round((Number(found[1]) / Number(found[2])) * 10_000) / 100
    const end = at + 3
    return { end, valueEnd: end, value, unit: '%', kind: 'percent', more: false, rule: this.rule }
  },
}
const IN_FIGURES = /^([1-3])\/([2-5])(?!\d)/
const COMPARES = /(?:达到?|超过|不低于|不少于|占)$/

/** `半数`, `过半`, `一半`, `减半`, `折半`: 50 %. */
const HALF: WordedNumber = {
  rule: 'worded-quantity/half',
  form: 'half',
  begins: '半过一减折',
  read(text, at) {
    const word = ['半数', '过半', '一半', '减半', '折半'].find((candidate) => text.startsWith(candidate, at))
    if (!word) return null
    const behind = text.slice(at + 2, at + 4)
    if (word === '一半' && !/^[以达]/.test(behind) && !HALVED.test(text.slice(Math.max(0, at - 4), at))) return null
    // 减半征收, 折半计算: how a rule reckons.
    if (/^[减折]/.test(word) && !/^(?:[,。;、)]|以上|$)/.test(behind)) return null
    return {
      end: at + 2,
      valueEnd: at + 2,
      value: 50,
      unit: '%',
      kind: 'percent',
      more: word === '过半',
      rule: this.rule,
    }
  },
}
/** 压减一半, 达到一半: how much less, or how much of it. */
const HALVED = new RegExp(`(?:${anyOf(VERBS_OF_REDUCTION)}|[减近约]|达到|超过|不低于|不少于)$`)

/** `翻一番` is twice, `翻两番` four times, `翻番` twice. */
const DOUBLING: WordedNumber = {
  rule: 'worded-quantity/doubling',
  form: 'doubling',
  begins: '翻',
  read(text, at) {
    if (text[at + 1] === '番')
      return { end: at + 2, valueEnd: at + 2, value: 2, unit: '倍', kind: 'multiple', more: false, rule: this.rule }
    const number = readNumber(text, at + 1)
    if (!number || text[number.end] !== '番' || number.value > 5) return null
    return {
      end: number.end + 1,
      valueEnd: number.end + 1,
      value: 2 ** number.value,
      unit: '倍',
      kind: 'multiple',
      more: false,
      rule: this.rule,
    }
  },
}

/** `全覆盖`, `全域覆盖`, `全面覆盖`, `覆盖率…全部`: 100 % where the text says that something is covered. */
const FULL_COVER = ['全覆盖', '全域覆盖', '全面覆盖', '全部覆盖', '全员覆盖', '全口径覆盖', '全周期覆盖', '全域全覆盖']
const COVER: WordedNumber = {
  rule: 'worded-quantity/full-cover',
  form: 'full-cover',
  begins: '全',
  read(text, at) {
    const word = FULL_COVER.find((candidate) => text.startsWith(candidate, at))
    if (!word) return null
    const end = at + word.length
    // 全覆盖产业链, 全面覆盖农村: an attribute or a verb, no state that is reached.
    if (/[\u4e00-\u9fff]/.test(text[end] ?? '') && !/^(?:的?目标|任务|[和及与并后])/.test(text.slice(end, end + 2)))
      return null
    return { end, valueEnd: end, value: 100, unit: '%', kind: 'percent', more: false, rule: this.rule }
  },
}

/** `零增长`: no growth. `清零`, `动态清零`, `归零`: none left. */
const ZERO_WORDS = ['零增长', '动态清零', '清零', '归零', '零新增', '零事故', '零发生']
const ZERO: WordedNumber = {
  rule: 'worded-quantity/zero',
  form: 'zero',
  begins: '零动清归',
  read(text, at) {
    const word = ZERO_WORDS.find((candidate) => text.startsWith(candidate, at))
    if (!word) return null
    const growth = word === '零增长'
    const end = at + word.length
    // 动态清零机制, 零事故的目标: a name, no state that is reached.
    if (
      /^的?(?:常态化?|长效)?(?:机制|制度|行动|要求|管理|台账|攻坚|政策|工作|目标|体系)/.test(text.slice(end, end + 8))
    )
      return null
    return {
      end,
      valueEnd: end,
      value: 0,
      unit: growth ? '%' : '',
      kind: growth ? 'percent' : 'bare',
      more: false,
      rule: this.rule,
    }
  },
}

/** `8成`, `八成以上`: tenths. */
const TENTHS: WordedNumber = {
  rule: 'worded-quantity/tenths',
  begins: '一二三四五六七八九123456789',
  read(text, at) {
    const number = standsSoon(text, '成', at) ? readNumber(text, at) : null
    if (
      !number ||
      text[number.end] !== '成' ||
      number.value >= 10 ||
      !/^(?:[以的左,。;、)]|$)/.test(text[number.end + 1] ?? '')
    )
      return null
    const end = number.end + 1
    return { end, valueEnd: number.end, value: number.value, unit: '成', kind: 'percent', more: false, rule: this.rule }
  },
}

/** `突破百亿斤`, `达到千万吨`: a round amount behind a verb that reaches it; 百亿级, 千亿产业 are names. */
const ROUND: WordedNumber = {
  rule: 'worded-quantity/round',
  begins: '十百千',
  read(text, at) {
    const value = CHINESE_MULTIPLIERS[text[at] as string] as number
    if (!/[万亿]/.test(text[at + 1] ?? '') || !REACHES.test(text.slice(Math.max(0, at - 3), at))) return null
    const unit = readUnit(text, at + 1)
    if (
      !unit ||
      unit.unit.length < 2 ||
      !/^(?:$|[,。;、)]|以上|左右|大关|目标)/.test(text.slice(unit.end, unit.end + 2))
    )
      return null
    const { end, kind } = unit
    return { end, valueEnd: at + 1, value, unit: unit.unit, kind, more: false, rule: this.rule }
  },
}
const REACHES = /(?:达到|达|突破|超过|超|跨越|迈上|迈过|实现|站上|不低于|稳定在|保持在)$/

/**
 * `培育民宿百家以上`, `岗位千余个`, `培训农民万人次`: a round count behind its noun; `攻克百项技术`: between a verb of delivery and its noun.
 * 百家企业 without one and 每万人 are none.
 */
const ROUND_COUNT: WordedNumber = {
  rule: 'worded-quantity/round-count',
  begins: '百千万',
  read(text, at) {
    const delivered = text[at] !== '万' && DELIVERS.has(text.slice(Math.max(0, at - 2), at))
    if (!/[\u4e00-\u9fff”)]/.test(text[at - 1] ?? '') || (!delivered && PART_OF_NUMBER.test(text[at - 1] as string)))
      return null
    const over = text[at + 1] === '余'
    const unit = readUnit(text, at + (over ? 2 : 1))
    const behind = unit ? text.slice(unit.end, unit.end + 2) : ''
    if (unit?.kind !== 'counter') return null
    if (HOUSEHOLDS.test(text.slice(Math.max(0, at - 2), at + 4))) return null
    const isBeforeNoun = delivered && COUNTED.test(unit.unit) && NOUN.test(text.slice(unit.end, unit.end + 10))
    if (!isBeforeNoun && !/^(?:以上|左右|$|[,。;、)])/.test(behind)) return null
    if (!isBeforeNoun && !(/^(?:以上|左右)/.test(behind) ? COUNTED : COUNTED_ALONE).test(unit.unit)) return null
    const value = CHINESE_MULTIPLIERS[text[at] as string] as number
    return { end: unit.end, valueEnd: at + 1, value, unit: unit.unit, kind: unit.kind, more: over, rule: this.rule }
  },
}
/** Before these a hundred is part of another number or word. */
const PART_OF_NUMBER = /[每第数几成上两双十百千万亿一二三四五六七八九〇零]/
/** 百项技术; 百家培育行动 is a name. */
const NOUN = /^[\u4e00-\u9fff“]{2}(?![\u4e00-\u9fff]{0,4}(?:行动|计划|工程))/
const HOUSEHOLDS = /千家万户/
const DELIVERS = new Set(DELIVERY_VERBS)
const COUNTED = /^(?:[家名个户场所座处件项条款种]|人次|场次|人)$/
const COUNTED_ALONE = /^(?:[家名个户场所座处件]|人次|场次)$/

const WAYS: readonly WordedNumber[] = [
  SHARE,
  FRACTION,
  FRACTION_IN_FIGURES,
  HALF,
  DOUBLING,
  COVER,
  ZERO,
  TENTHS,
  ROUND,
  ROUND_COUNT,
]
/** Characters that a number in words can begin with. */
export const WORDED_BEGINNINGS: readonly string[] = WAYS.flatMap((way) => [...way.begins])
/** The ways that can begin with a character, by its code. */
const BEGINS = new Map<number, WordedNumber[]>()
const NO_WAYS: readonly WordedNumber[] = []
for (const way of WAYS)
  for (const character of way.begins) {
    const code = character.charCodeAt(0)
    BEGINS.set(code, [...(BEGINS.get(code) ?? []), way])
  }

/**
 * Reads a number written in words at the offset: 百分之八十, 三分之二, 半数, 翻一番, 全覆盖, 零增长.
 * @returns null where none begins there
 */
export function readWordedQuantity(text: string, at: number): FoundQuantity | null {
  for (const way of BEGINS.get(codeAt(text, at)) ?? NO_WAYS) {
    const read = way.read(text, at)
    if (!read) continue
    const { end, valueEnd, value, unit, kind, more, rule } = read
    const form = way.form ?? 'number'
    return { start: at, end, valueStart: at, valueEnd, value, unit, kind, writing: 'words', more, form, rule }
  }
  return null
}
