import { firstVerb, trailingVerb } from '../verb-words.ts'
import { stripOpening } from '../words.ts'
import type { Asked } from './asked.ts'

/** 聚焦35个产业链, 以12个县为重点: what the promise works on. */
const WORKED_ON = /^(?:重点)?(?:聚焦|瞄准|紧盯)(?:全[市县区省])?[^,;、\d]{0,6}$/
const CHOSEN =
  /^[^,;。]{1,20}为(?:主要对象|对象|重点|载体|抓手|依托|主体|基础|核心|支撑|龙头|引领|纽带|平台|试点|突破口|切入点|示范)/
export const isWorkedOn = ({ view, draft, before, behind }: Asked): boolean =>
  draft.quantity.kind === 'counter' &&
  draft.before?.comparator.verb !== true &&
  (WORKED_ON.test(stripOpening(before)) ||
    (/以[^,;。]{0,14}$/.test(before) &&
      CHOSEN.test(view.text.slice(draft.right.start, view.fragments[draft.fragment]?.end ?? draft.right.end))) ||
    (/^对/.test(before) && /逐[车户人村项个企件栋点一]/.test(behind)))

/** 在300个镇中, 9个县市区…: where something is done, and how many places there are. */
export function isPlace({ draft, before, behind }: Asked): boolean {
  if (draft.quantity.kind !== 'counter') return false
  if (/在$/.test(before)) return /^.{1,10}[中内上里](?![心学小医级部容海市])/.test(behind)
  return (
    draft.before === null &&
    draft.after === null &&
    stripOpening(before) === '' &&
    /^(?:县市区|县\(市|县\(区|市\(州|区县|市州|县区)/.test(behind)
  )
}

/** 对…的, where the sentence pays, treats or tells by its size whom the next part is about. */
export const isAddressed = (asked: Asked): boolean =>
  /^对/.test(asked.before) &&
  (asked.pays || mayHave(asked) || /的$/.test(asked.words) || isTreated(asked) || isWhom(asked))

/** 对于年薪达到40万元的人才,可申报C类: what those who come up to it may have. */
const mayHave = ({ view, draft }: Asked): boolean =>
  MAY.test(view.text.slice(draft.quantity.end, Math.min(view.sentence.end, draft.quantity.end + MAY_REACHES)))
const MAY = /^[^;。]*,可(?:直接|优先|按)?(?:申报|申请|认定|享受|参照|给予|予以)/
const MAY_REACHES = 80

/** 对超员20%以上的一律从严查处: whom a measure meets. */
const isTreated = ({ behind }: Asked): boolean =>
  /^(?:的\d{1,4}[个户名])?[\u4e00-\u9fff]{1,6}由[^,;。]{2,24}(?:督战|包抓|挂牌|督办|包联|帮扶)/.test(behind) ||
  /^的(?:一律|依法|从严|严格|严肃|坚决|予以|取消|约谈|责令|不予|不得)/.test(behind)

/** 对床位不足40张且入住少于10人的养老院,可以撤并: by its size is told whom the next part is about. */
const isWhom = ({ view, draft, before }: Asked): boolean => {
  const fragment = view.fragments[draft.fragment]
  if (fragment?.mark !== ',' || draft.quantity.kind === 'percent') return false
  const behind = view.text.slice(draft.right.start, fragment.end)
  return /^的[\u4e00-\u9fff]{2,12}$/.test(behind) && firstVerb(behind) < 0 && !/^对[^,]{0,4}$/.test(before)
}

/** 连续三次…的: a condition. */
export const isRepeated = ({ before, behind }: Asked): boolean =>
  /连续[两二三四\d]次/.test(before) && behind.startsWith('的')

/** 围绕…90%居家养老的部署: what is done according to it, not the promise itself. */
const ACCORDING = /^(?:紧紧|紧密)?(?:围绕|按照|根据|对照|针对|鉴于|遵循|坚持)/

export const isAccordingTo = ({ draft, before, behind }: Asked): boolean =>
  (ACCORDING.test(stripOpening(before)) && trailingVerb(before) === null && !(draft.inList && firstVerb(before) > 0)) ||
  (draft.quantity.kind === 'percent' &&
    !draft.before &&
    !draft.after &&
    /的(?:总体)?(?:部署|格局|布局|思路|原则)$/.test(behind))

/** 不少于3年的要求: what somebody has to meet. */
export const isRequirement = ({ draft, behind }: Asked): boolean =>
  /^的(?:要求|规定|限制|条件)/.test(behind) && !draft.before?.comparator.verb
