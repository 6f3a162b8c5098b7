import { PAYMENT_WORDS } from '../../lexicon/not-targets.ts'
import { wordFinder } from '../../parsers/word-finder.ts'
import { stripOpening } from '../words.ts'
import type { Asked } from './asked.ts'

/** The word of payments in a text, undefined where it has none. */
export const findPayment = wordFinder(PAYMENT_WORDS)

/** 每人资助20万元, 每亩补500元: what each gets. */
const PAID_EACH =
  /资助|每[人户生床名]每[年月日]$|每[人户生村](?:每[年月])?再?(?:增加|给予)|(?:单个项目|单户|单笔|户均补助|每户).{0,8}$|每[人户家个件名亩套吨项次年].{0,4}(?:补|奖|发放|扶持)/
/** 为一线护士每人发放2张卡: what each is handed. */
const HANDED_EACH = /每[人户名家][^,;。]{0,2}(?:免费)?(?:发放|赠送|赠予|配发)$/
export const isPaidEach = ({ draft, before }: Asked): boolean =>
  draft.quantity.kind === 'money' ? PAID_EACH.test(before) : HANDED_EACH.test(before)

/** 用好2亿元转贷资金: the money is there already. */
const MAKES_USE = /^(?:充分|统筹|管好)*用[好足活][^,;。]*$/
export const isFundInUse = ({ draft, before }: Asked): boolean =>
  draft.quantity.kind === 'money' && MAKES_USE.test(stripOpening(before))

/** 给予奖补，最高500万元; 按…标准不少于30%的比例给予补助: the most, or the rate, of what is paid in the same sentence. */
export function isLimitOfPayment({ view, draft }: Asked): boolean {
  const end = view.fragments[draft.fragment]?.end ?? view.sentence.end
  if (draft.quantity.kind === 'percent')
    return (
      PAYS_RATE.test(view.text.slice(draft.right.start, end)) ||
      IS_PAID.test(view.text.slice(draft.right.start, end)) ||
      (draft.before?.comparator.op === '<=' && PAID.test(view.text.slice(draft.left.start, draft.left.end)))
    )
  if (draft.quantity.kind !== 'money' || !MOST.test(draft.before?.comparator.word ?? '')) return false
  const start = view.fragments[Math.max(0, draft.fragment - 3)]?.start ?? view.sentence.start
  const words = view.text.slice(start, end)
  return findPayment(words) !== undefined || words.includes('券')
}
const PAYS_RATE = /^的?(?:比例|标准|额度)?[^,;。]{0,4}(?:给予|予以|进行|安排)[^,;。]{0,6}[补奖贴支资]/
/** 再增加6%的支持: the rate is what is paid. */
const IS_PAID = /^的(?:资金|财政|专项|配套)*(?:支持|补助|补贴|补偿|奖励|贴息)$/
const PAID = /(?:奖补|补助|补贴|奖励|资助|贴息)(?:总额|金额|资金|比例|标准|额度)?(?:最高|原则上)?$/
const MOST = /^(?:最高|最多|不超过|不高于|上限为)/

/** 符合条件的可享受租金优惠,次年为市价的40%: what somebody is allowed to have, to the end of the sentence. */
export const isOfBenefit = ({ view: { text, sentence }, draft: { quantity } }: Asked): boolean =>
  HAS_BENEFIT.test(text.slice(Math.max(sentence.start, quantity.start - BENEFIT_REACHES), quantity.start))
const HAS_BENEFIT =
  /可(?:享受|租住|申请|申领|领取|选择领取)|可获得?[^,;。\d]{0,14}(?:资助|补助|补贴|奖励|贷款|保障|支持)/
const BENEFIT_REACHES = 80

/** 总投资10亿元的某某项目, 投资2亿元建设的: what a work costs. */
export const isCost = ({ view: { text }, draft }: Asked): boolean =>
  draft.quantity.kind === 'money' &&
  draft.before?.comparator.verb !== true &&
  /(?:投资|投资额|造价|概算|标的)(?:[约近超]|超过)?$/.test(text.slice(draft.left.start, draft.quantity.start)) &&
  /^的[\u4e00-\u9fff“]/.test(text.slice(draft.right.start, draft.right.start + 2))

/** 按…的70%确定, 可按20%: a rate by which something is reckoned. */
const RECKONED = /按照|按(?!可比|[时期质年季月日需揭键钮理摩])|依照|参照|以(?![上下内外]).{0,4}$/
export const isReckoned = ({ draft, before }: Asked): boolean =>
  !draft.before &&
  !draft.after &&
  (draft.quantity.kind === 'percent' || draft.quantity.kind === 'money') &&
  RECKONED.test(before.slice(Math.max(before.length - 34, before.lastIndexOf(',') + 1, before.lastIndexOf(';') + 1)))
