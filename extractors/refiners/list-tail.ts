import { ACTS_OF_WORK } from '../lexicon/works.ts'
import { anyOf } from '../parsers/word-finder.ts'
import type { Draft, Refiner, SentenceView } from './draft.ts'
import { standing } from './draft.ts'
import { filled } from './frame/frame.ts'

/** What closes a list of works: 等**项目建设**, 等**工程**按时**完工**. */
const CLOSING =
  /^(.*?)等(项目|工程|任务|设施)?(建设|改造|实施)?(?:的?(?:按时|按期|如期|全部|顺利|年内)?(完工|完成|竣工|投产|建成|通车|投入使用))?$/
/** Nouns that say themselves what is done. */
const ACT = new RegExp(`(?:${anyOf(ACTS_OF_WORK)}|工程|项目)$`)
/** Acts that the next part of a list may lend to a noun without one: 草坪、花草**种植**. */
const LENT = /(?:种植|治理|改造|整治|救助|帮扶|筛查|检查|体检|康复|安置|资助)$/

/** 「实施5个养殖场、10万亩基地等项目建设」: what closes a list is said of every part of it. */
export const listTail: Refiner = {
  name: 'list-tail',
  reads: ['fragment', 'frame', 'inList', 'right'],
  writes: ['frame', 'right'],
  run: (view) => {
    const drafts = standing(view)
    drafts.forEach((last, index) => {
      const next = drafts[index + 1]
      if (next && next.fragment === last.fragment && next.inList) return
      const list = listUpTo(drafts, index)
      close(view, list)
      lend(view, list)
    })
  },
}

/** The parts of one list that end with the draft at the index. */
function listUpTo(drafts: readonly Draft[], index: number): Draft[] {
  const list = [drafts[index] as Draft]
  for (let i = index; i > 0; i--) {
    const [before, own] = [drafts[i - 1] as Draft, drafts[i] as Draft]
    if (!own.inList || before.fragment !== own.fragment) break
    list.unshift(before)
  }
  return list
}

/** Fills the tail of a frame; a number that a 分别 has dealt a name to needs none. */
function closeWith(draft: Draft, tail: string): void {
  if (draft.frame.name === '') draft.frame = filled(draft.frame, { from: 'list', rule: 'tail', slots: { tail } })
}

const wordsBehind = (view: SentenceView, { right }: Draft): string => view.text.slice(right.start, right.end)

function close(view: SentenceView, list: readonly Draft[]): void {
  const last = list.at(-1) as Draft
  const found = CLOSING.exec(wordsBehind(view, last))
  const own = found?.[1] ?? ''
  if (!found || own === '') return
  const [, , noun = '', act = '', predicate = ''] = found
  last.right = { start: last.right.start, end: last.right.start + own.length }
  for (const draft of list) {
    const words = wordsBehind(view, draft)
    if (words === '') continue
    if (predicate !== '') closeWith(draft, (words.endsWith('工程') || words.endsWith('项目') ? '' : noun) + predicate)
    else if (act !== '' && !ACT.test(words)) closeWith(draft, noun + act)
  }
}

/** 「完成3万平方米草坪、120万株花草种植」: a noun without an act has that of the part behind it. */
function lend(view: SentenceView, list: readonly Draft[]): void {
  for (let i = list.length - 2; i >= 0; i--) {
    const [draft, next] = [list[i] as Draft, list[i + 1] as Draft]
    const words = wordsBehind(view, draft)
    const act = LENT.exec(wordsBehind(view, next))?.[0]
    if (
      act &&
      words.length >= 2 &&
      words.length <= 6 &&
      !ACT.test(words) &&
      draft.frame.name === '' &&
      !words.includes('的')
    )
      closeWith(draft, act)
  }
}
