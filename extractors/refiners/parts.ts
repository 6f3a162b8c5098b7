import type { Draft, Refiner, SentenceView } from './draft.ts'
import { drop, standing } from './draft.ts'
import { asideAt } from './sentence-view.ts'

/** Words that join the parts of a list, the longest first. */
const JOINTS = ['以及', '、', '和', '及', '与', '并', '或']

/**
 * Gives each of several numbers in one fragment its own words: 「建成县道256公里、村道804公里」 has two parts.
 * Where no joint stands between two numbers, the first only qualifies the second (规模超50亿元企业3家) and is taken out later.
 */
export const parts: Refiner = {
  name: 'parts',
  reads: ['after', 'before', 'fragment', 'left', 'quantity', 'right'],
  writes: ['before', 'inList', 'left', 'qualified', 'right'],
  run: (view) => {
    const drafts = standing(view)
    for (let i = 1; i < drafts.length; i++) {
      const first = drafts[i - 1] as Draft
      const second = drafts[i] as Draft
      if (first.fragment !== second.fragment) continue
      const [from, to] = [first.right.start, second.left.end]
      if (to <= first.left.end) continue
      if (second.left.start >= first.quantity.end) {
        // A bracket's words are its own: 停车位1.5万个(其中公共停车位3000个).
        first.right.end = Math.min(first.right.end, second.left.start - 1)
        continue
      }
      const adjacent = first.quantity.end === second.quantity.start
      const joint = adjacent
        ? { start: from, end: from }
        : from < to
          ? (jointBefore(view, from, to) ?? jointIn(view, from, to))
          : null
      if (adjacent && second.quantity.form === 'full-cover' && first.quantity.kind === 'percent') {
        // 覆盖100%全覆盖: one cover, said twice.
        second.left = { ...first.left }
        second.before ??= first.before
        drop(first, 'parts/said-twice')
        drafts.splice(--i, 1)
      } else if (joint && SIZE_UNITS.test(first.quantity.unit) && isSizeBeside(view, first, second)) {
        // 新建10千伏和35千伏变电站12座: both sizes only name a kind.
        second.left = { ...first.left }
        drop(first, 'parts/size')
        drafts.splice(--i, 1)
      } else if (joint && adjacent && isThreshold(view, second)) {
        // 至少有1所200张床位以上的养老机构: the second number only qualifies what the first counts.
        first.right.end = second.right.end
        drop(second, 'parts/qualifies-behind')
        drafts.splice(i--, 1)
      } else if (adjacent && areTwins(view, first, second)) {
        // 2816户9905名贫困人口脱贫: both count what stands behind the second, and have what stands before the first.
        first.right = { ...second.right }
        second.left = { ...first.left }
      } else if (joint) {
        first.right.end = joint.start
        second.left.start = joint.end
        second.inList = true
      } else {
        first.right.end = Math.max(from, second.quantity.start)
        second.left.start = Math.min(Math.max(second.left.start, from), second.left.end)
        second.qualified = true
      }
    }
  },
}

/** Two counts side by side with their noun behind the second. */
const areTwins = (view: SentenceView, first: Draft, second: Draft): boolean =>
  first.quantity.kind === 'counter' &&
  second.quantity.kind === 'counter' &&
  first.quantity.unit !== second.quantity.unit &&
  second.after === null &&
  /^(?:[\u4e00-\u9fff]{3}|(?:脱贫|增收|就业|致富|受益|搬迁|入住|参保)$)/.test(
    view.text.slice(second.right.start, second.right.end),
  ) &&
  !/[\u4e00-\u9fff]{3}$/.test(
    view.text.slice(first.left.start, first.left.end).replace(/(?:完成|实现|确保|力争|新增|帮助|推动|带动)$/, ''),
  )

const isThreshold = (view: SentenceView, draft: Draft): boolean =>
  draft.after !== null ||
  // 建设4座110千伏变电站: a size that only names a kind.
  (SIZE_UNITS.test(draft.quantity.unit) && /^[\u4e00-\u9fff]{2}/.test(view.text.slice(draft.right.start))) ||
  /^[^,、的]{0,6}(?:以上|以下|及以上)的?/.test(view.text.slice(draft.right.start, draft.right.end))

/** Two sizes with nothing but a joint between them, before the noun that both name. */
const isSizeBeside = (view: SentenceView, first: Draft, second: Draft): boolean =>
  first.quantity.unit === second.quantity.unit &&
  /^(?:[、和及与]|以及)$/.test(view.text.slice(first.quantity.end, second.quantity.start)) &&
  /^[\u4e00-\u9fff]{2}/.test(view.text.slice(second.quantity.end, second.quantity.end + 2))

const SIZE_UNITS = /^(?:千伏|kV|KV|万?吨级)$/

/** The joint directly before the second number: 「8万亩退耕还林验收和养护、90万亩禁牧」 parts there, not at 和. */
function jointBefore(view: SentenceView, from: number, to: number): { start: number; end: number } | null {
  const word = JOINTS.find((joint) => to - joint.length > from && view.text.startsWith(joint, to - joint.length))
  const start = to - (word?.length ?? 0)
  return word && !isInsideWord(view.text, start, word) ? { start, end: to } : null
}

/** The first joint outside brackets and quotes. */
function jointIn(view: SentenceView, from: number, to: number): { start: number; end: number } | null {
  for (let at = from; at < to; at++) {
    const aside = asideAt(view, at)
    if (aside) {
      at = aside.end - 1
      continue
    }
    const word = JOINTS.find((joint) => view.text.startsWith(joint, at))
    if (!word || isInsideWord(view.text, at, word)) continue
    return { start: at, end: at + word.length }
  }
  return null
}

/** 和谐, 共和国, 参与, 普及, 并网: the joint's character is part of a word. */
const BEFORE_IN_WORD: Readonly<Record<string, string>> = {
  和: '共缓温饱柔平总联调',
  及: '普以涉危惠触波',
  与: '参赠给授',
  并: '合兼归',
  或: '',
}
const AFTER_IN_WORD: Readonly<Record<string, string>> = {
  和: '谐平解美',
  及: '时格其',
  与: '会时',
  并: '网轨入行购列联',
  或: '者',
}

const isInsideWord = (text: string, at: number, word: string): boolean =>
  (BEFORE_IN_WORD[word]?.includes(text[at - 1] ?? '\u0000') ?? false) ||
  (AFTER_IN_WORD[word]?.includes(text[at + word.length] ?? '\u0000') ?? false)
