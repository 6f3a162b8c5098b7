import { ACTS_OF_WORK } from '../../lexicon/works.ts'
import { anyOf } from '../../parsers/word-finder.ts'
import type { Draft, SentenceView } from '../draft.ts'
import { tailOf } from '../list-names.ts'
import { leadingVerb, trailingVerb } from '../verb-words.ts'
import { stripMarks, withoutTimes } from '../words.ts'

/** 村庄(包括省级示范村63个): what the things counted are made up of. */
const REMARK = /\((?:包括|其中|[含即共约如]|不含|涉及|具体)[^()]{2,}\)$/

/** 12处泵站**更换工作**: said by the act alone. */
const WORK_OF_ACT = new RegExp(`(${anyOf(ACTS_OF_WORK)})工作$`)

/** 3座垃圾转运站**以及停车场、路牌等配套设施**: what is built beside those that are counted. */
const WITH_OTHERS = /(?<=[^、]{3})(?:以及|及)[^、]{2,12}(?:、[^、]{2,12})*等(?:配套|附属|相关)(?:设施|设备|工程)$/

const DONE_TO = /^对[^,;]{0,8}$/

/** “一组一员”[12]: the number of a note. */
export const FOOTNOTE = /\[\d{1,3}\]/g

/**
 * The words behind the number that belong to its name; empty where they only go on with the sentence.
 * @param left what stands before the number
 */
export function wordsBehind(view: SentenceView, draft: Draft, left: string): string {
  let words = withoutTimes(view, draft.right)
    .replace(FOOTNOTE, '')
    .replace(/^:1(?!\d)/, '')
    .replace(/^的?集.{2,60}?[为于]一体的/, '')
  if (words === '' || /^[并且,;。、]/.test(words)) return ''
  // 设施全覆盖和稳定运行: what is covered stands before the words.
  if (draft.quantity.form === 'full-cover' && left !== '' && /^[和及与后]/.test(words)) return ''
  words = words
    .replace(/^(?:\([^)]*\))?的?(?:剩余|其余)?/, '')
    .replace(REMARK, '')
    .replace(/的([\u4e00-\u9fff]{2})任务$/, '$1')
    .replace(WORK_OF_ACT, '$1')
    .replace(/的(?:目标|任务|要求|水平|标准|目标任务|规模)$/, '')
  words = upToNextAct(words)
  if (draft.frame.unit.kind === 'counter') words = words.replace(WITH_OTHERS, '')
  if (
    /^(?:目标|任务|要求|水平|标准|比例|速度|幅度|增速|增幅|以上|底线|红线|下限|上限|[\u4e00-\u9fff]{0,4}最低要求|目标任务|大关|台阶|关口)(?![\u4e00-\u9fff])/.test(
      words,
    )
  )
    return ''
  // 滚动开放不少于50个场景: what no list knows as a verb is one where it takes a counted noun.
  const takes =
    draft.before?.comparator.strict && draft.frame.unit.kind === 'counter' && left.length <= 6 && tailOf(left) === ''
  if (
    left !== '' &&
    // 对县内不少于半数的工地开展检查: those that it is done to stand behind.
    !(draft.frame.unit.kind === 'percent' && DONE_TO.test(left)) &&
    !takes &&
    trailingVerb(left) === null &&
    draft.before?.comparator.verb &&
    draft.frame.unit.kind !== 'time'
  )
    return ''
  return stripMarks(words)
}

/** 「建成6条市政道路、建成甲街天桥、安装乙路路灯」: a part of the list that a verb of its own opens is another's. */
function upToNextAct(words: string): string {
  for (let at = words.indexOf('、'); at > 0; at = words.indexOf('、', at + 1)) {
    const [own, behind] = [words.slice(0, at), words.slice(at + 1)]
    const verb = leadingVerb(behind)
    // 小学更新、配齐设备, 突破技术、带动产业的人才: verbs side by side, and what the things counted do.
    if (verb === '' || behind.includes('的') || trailingVerb(own) !== null) continue
    if (/^[^、]{3}/.test(behind.slice(verb.length))) return own
  }
  return words
}
