import { DELIVERY_VERBS } from '../lexicon/verbs.ts'
import { CharacterSet } from '../parsers/character-set.ts'
import { OpeningPattern } from '../parsers/opening-pattern.ts'
import { WordTree } from '../parsers/word-tree.ts'

const VERBS = new WordTree<true>()
for (const verb of DELIVERY_VERBS) VERBS.add(verb, true)

/** Adverbs that belong to a verb of delivery: 重点建设, 集中整治. */
const ADVERB = new OpeningPattern(/^(?:重点|集中|统筹|分批|优先|联合|同步|高标准|高质量|高水平|规划|全面|累计|基本)/)

const JOINTS = new CharacterSet('和及、并或与')

/** The verb of delivery that the words open with, several joined ones included (新建和加固); empty where none. */
export function leadingVerb(words: string): string {
  const adverb = ADVERB.exec(words)?.[0].length ?? 0
  let end = verbEnd(words, adverb)
  if (end === 0) return ''
  for (;;) {
    const next = JOINTS.holds(words, end) ? verbEnd(words, end + 1) : 0
    if (!next) return words.slice(0, end)
    end = next
  }
}

/** 增加值, 培训率, 存栏量: the verb is part of a noun. */
const NOUN_BEHIND = new CharacterSet('值率量额者力器')

/** 上市公司, 挂牌企业, 注册商标: kinds of bodies and rights that are named by what they have done. */
const NAMES_OF_KINDS = new OpeningPattern(/^(?:上市|挂牌|注册|登记|投产)(?:后备)?(?:企业|公司|主体|商标|商户)/)

/** End of the verb at the offset; single characters count only before a number or a longer word, so never here. */
function verbEnd(words: string, at: number): number {
  const found = VERBS.longest(words, at)
  if (!found || found.end - at < 2 || NOUN_BEHIND.holds(words, found.end)) return 0
  if (NAMES_OF_KINDS.exec(words.slice(at, at + 8))) return 0
  return found.end
}

/** The verb of delivery that ends the words, directly before a number (新建, 建); null where none. */
export function trailingVerb(words: string): string | null {
  for (const length of [6, 5, 4, 3, 2, 1]) {
    const start = words.length - length
    if (start < 0) continue
    const found = VERBS.longest(words, start)
    if (found && found.end === words.length) return words.slice(start)
  }
  return null
}

/** The verbs of delivery that end the words, those joined to the last included: 引进和培养, 评选资助; null where none. */
export function trailingVerbs(words: string): string | null {
  const last = trailingVerb(words)
  if (last === null || last.length < 2) return last
  let start = words.length - last.length
  for (;;) {
    const before = words.slice(Math.max(0, start - 12), start)
    const joint = /[和及与、并]$/.test(before) ? 1 : 0
    const verb = trailingVerb(before.slice(0, before.length - joint))
    if (verb === null || verb.length < 2) return words.slice(start)
    start -= joint + verb.length
  }
}

/** Offset of the first verb of delivery in the words, -1 where none. */
export function firstVerb(words: string): number {
  for (let at = 0; at < words.length; at++) if (verbEnd(words, at)) return at
  return -1
}
