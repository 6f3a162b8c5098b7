import type { Comparator } from '../lexicon/comparators.ts'
import { AFTER, BEFORE } from '../lexicon/comparators.ts'
import { WordTree } from './word-tree.ts'

/** A comparator as it stands in the text. */
export interface FoundComparator {
  start: number
  end: number
  comparator: Comparator
}

const BEFORE_TREE = new WordTree<Comparator>()
for (const comparator of BEFORE) BEFORE_TREE.addEnd(comparator.word, comparator)
const AFTER_TREE = new WordTree<Comparator>()
for (const comparator of AFTER) AFTER_TREE.add(comparator.word, comparator)

/** Words of which a comparator is only the end: 目**的**… 行**为**, 水**平在**. Nothing before these is compared. */
const NOT_COMPARING = [
  '作为',
  '成为',
  '行为',
  '称为',
  '列为',
  '因为',
  '分为',
  '名为',
  '定为',
  '视为',
  '存在',
  '现在',
  '所有',
  '只有',
  '具有',
  '拥有',
  '还有',
  '没有',
  '公共',
  '以上',
  '线上',
  '网上',
  '础上',
  '市上',
  '省上',
  '路上',
  '水上',
  '海上',
  '会上',
  '面上',
  '基上',
  '程上',
  '度上',
  '则上',
  '体上',
  '最近',
  '附近',
  '邻近',
  '靠近',
  '设计',
  '统计',
  '会计',
  '审计',
  '预计',
  '通过',
  '经过',
  '不过',
  '签约',
  '履约',
  '违约',
  '节约',
  '预约',
  '集约',
]

/**
 * The comparator that ends directly before the offset: `达到`, `不低于`, `控制在`.
 * @param from nothing before it is looked at
 */
export function comparatorBefore(text: string, at: number, from: number): FoundComparator | null {
  const found = BEFORE_TREE.longestBefore(text, at, from)
  if (!found) return null
  const { start } = found
  if (start === at - 1 && NOT_COMPARING.includes(text.slice(start - 1, at))) return null
  return { start, end: at, comparator: found.value }
}

/** 不超过总数的10%, 控制在融资成本的3%: a comparator that the whole of a share parts from its number. */
const BEFORE_A_WHOLE =
  /(不低于|不少于|不得低于|不得少于|不超过|不高于|不得超过|不得高于|控制在)[^,;。不控]{2,18}的?$|(达到)[^,;。达占]{0,12}(?:总[量数额人面产收支投]|总)[\u4e00-\u9fff]{0,4}的?$/

/** The comparator that stands before the whole that a share is of; null where none does. `words` end at the number. */
export function comparatorOfShare(words: string): { at: number; word: string; op: Comparator['op'] } | null {
  const found = BEFORE_A_WHOLE.exec(words)
  if (!found) return null
  const word = (found[1] ?? found[2]) as string
  return { at: found.index, word, op: /低于|少于|达到/.test(word) ? '>=' : '<=' }
}

/** 20蒸吨(含)以上: whether the number itself is meant. */
const INCLUDED = ['(含)', '(不含)', '(含本数)']

/** The comparator that begins at the offset, directly behind a number and its unit: `以上`, `左右`. */
export function comparatorAfter(text: string, at: number): FoundComparator | null {
  const included = INCLUDED.find((word) => text.startsWith(word, at))
  if (included) return comparatorAfter(text, at + included.length)
  const found = AFTER_TREE.longest(text, at)
  if (!found) return null
  if (text[at] === '内' && /[部外容设街河涝陆销需燃蒙科镜循]/.test(text[at + 1] ?? '')) return null
  if (text[at] === '起' && /[以重步]/.test(text[at + 1] ?? '')) return null
  if (
    (text[at] === '多' || text[at] === '余') &&
    text[at + 1] !== undefined &&
    /[样元层种]/.test(text[at + 1] as string)
  )
    return null
  return { start: at, end: found.end, comparator: found.value }
}
