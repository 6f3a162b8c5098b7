import { VERBS_OF_CHANGE } from '../lexicon/changes.ts'
import { CLOSING_WORDS, OPENING_CHARACTERS, OPENING_WORDS } from '../lexicon/verbs.ts'
import { BLANKS, CharacterSet } from '../parsers/character-set.ts'
import { anyOf } from '../parsers/word-finder.ts'
import { WordTree } from '../parsers/word-tree.ts'
import type { SentenceView } from './draft.ts'
import type { Range } from '../text/reading-text.ts'

const OPENING = new WordTree<true>()
for (const word of OPENING_WORDS) OPENING.add(word, true)
const CLOSING = new WordTree<true>()
for (const word of CLOSING_WORDS) CLOSING.addEnd(word, true)

/**
 * Text of a range without the times in it and without the comma behind them; without the comparisons too, unless they are
 * kept, as in a task (不低于上年同期).
 */
export function withoutTimes(view: SentenceView, range: Range, comparisons: 'out' | 'kept' = 'out'): string {
  let words = ''
  let at = range.start
  for (const found of view.times) {
    const compared = view.compared.get(found)
    if (compared && comparisons === 'kept') continue
    const time = compared ?? found
    if (time.end <= at || time.start >= range.end) continue
    words += view.text.slice(at, Math.max(at, time.start))
    at = time.end
  }
  return words + view.text.slice(at, Math.max(at, range.end))
}

/** Whether nothing but times stands in the fragments between two: `…12%以内；到2025年，控制在10%以内`. */
export function isNear(view: SentenceView, from: number, to: number): boolean {
  for (let index = from + 1; index < to; index++) {
    const fragment = view.fragments[index]
    if (!fragment || index - from > 4 || stripOpening(withoutTimes(view, fragment)) !== '') return false
  }
  return true
}

/** The characters before which an opening character is part of a word, by the opening one. */
const UNLESS: ReadonlyMap<string, string> = new Map(Object.entries(OPENING_CHARACTERS))
const OPENS_WORD = new CharacterSet(UNLESS.keys())
const OPENING_MARKS = new CharacterSet([...BLANKS, ...',、。;:—·-'])

/** Drops what opens a promise: 力争, 确保, 全市, 其中, and single characters that make no word with the next. */
export function stripOpening(words: string): string {
  let at = 0
  for (;;) {
    if (OPENING_MARKS.holds(words, at)) {
      at++
      continue
    }
    const opening = OPENING.longest(words, at)
    if (opening && !isPartOfLonger(words, at)) {
      at = opening.end
      continue
    }
    const unless = OPENS_WORD.holds(words, at) ? UNLESS.get(words.charAt(at)) : undefined
    if (unless !== undefined && at + 1 < words.length && !unless.includes(words.charAt(at + 1))) {
      at++
      continue
    }
    return words.slice(at)
  }
}

/** 全市场, 全区域, 推动力, 计划生育: the opening word is the beginning of another. */
const LONGER = [
  '全市场',
  '全区域',
  '全国性',
  '全省域',
  '全国重点',
  '推动力',
  '计划生育',
  '计划单列',
  '计划免疫',
  '推进机',
  '推进器',
  '基本医',
  '基本养',
  '基本公',
  '基本农',
  '基本药',
  '基本草',
  '基本生',
  '基本社',
  '基本服',
  '基本单',
  '基本工',
  '全年龄',
  '全域旅',
  '全域土',
  '全国文',
  '全国综',
  '全国百',
  '全国农',
  '全国示',
  '全国知',
  '的士',
  '再生',
  '再就业',
  '再制造',
  '再贷',
  '再担',
  '再融',
  '总体规',
  '保持率',
  '持续性',
  '保证金',
  '推进机制',
  '全国性',
  '全国一',
]
const LONGER_WORDS = new WordTree<true>()
for (const word of LONGER) LONGER_WORDS.add(word, true)
const isPartOfLonger = (words: string, at: number): boolean => LONGER_WORDS.longest(words, at) !== null

/** 整合撤并, 兼并: the last character closes a word, nothing else. */
const ENDS_WHOLE = /(?:[撤归合兼]并|行为|目的)$/

/** 一般公共预算收入完成25亿元: of a sum 完成 says that it is reached; of works (路基完成70%) what is measured. */
const SUM_COMPLETED = /(?:收入|投资|产值|增加值|总额|零售额|税收)完成$/

const CHANGES_AND = new RegExp(`(?:${anyOf(VERBS_OF_CHANGE)})并$`)

const CLOSING_PARTICLES = new CharacterSet([...BLANKS, ...',、:;的—·'])

/** Drops what closes the words before a number: 分别, 均, 力争, the particle 的, marks. */
export function stripClosing(words: string): string {
  let end = words.length
  for (;;) {
    const before = end
    while (end > 0 && CLOSING_PARTICLES.holds(words, end - 1)) end--
    const last = words.charAt(end - 1)
    if ((last === '并' || last === '为' || last === '的') && ENDS_WHOLE.test(words.slice(Math.max(0, end - 4), end)))
      return words.slice(0, end)
    // 出口率提高并稳定在40%: the verb before 并 tells how it comes there.
    if (last === '并' && CHANGES_AND.test(words.slice(Math.max(0, end - 3), end))) end -= 3
    if (words.charAt(end - 1) === '成' && SUM_COMPLETED.test(words.slice(Math.max(0, end - 6), end))) end -= 2
    const closing = CLOSING.longestBefore(words, end, Math.max(0, end - 4))
    if (closing) end = closing.start
    if (end === before) return words.slice(0, end)
  }
}

const CLOSING_MARKS = new CharacterSet(' \t\n\u3000,、:;的—·')

/** Drops the marks and the particle 的 that close the words behind a number; a noun stands there, so no word of it is closing. */
export function stripMarks(words: string): string {
  let end = words.length
  while (end > 0 && CLOSING_MARKS.holds(words, end - 1)) end--
  return words.slice(0, end)
}
