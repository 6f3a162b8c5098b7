import type { CueAgainst } from '../lexicon/evidence-weights.ts'
import { CONDITION_WORDS, PAYMENT_WORDS, PENALTY, RULE_WORDS, TERM_WORDS } from '../lexicon/not-targets.ts'
import { ACTS_OF_WORK, BEGUN, DONE, DONE_TO_NAMED, IN_USE, MADE } from '../lexicon/works.ts'
import { anyOf, wordFinder } from '../parsers/word-finder.ts'
import type { Draft, Refiner, SentenceView } from './draft.ts'
import { speakAgainst, standing } from './draft.ts'
import { splitNames, tailOf } from './list-names.ts'
import { sentenceRuleIn } from './sentence-rule.ts'
import { firstVerb, trailingVerb } from './verb-words.ts'
import { stripClosing, stripOpening } from './words.ts'

const findRuleWord = wordFinder(RULE_WORDS)
const findTerm = wordFinder(TERM_WORDS)
const findPayment = wordFinder(PAYMENT_WORDS)
const findCondition = wordFinder(CONDITION_WORDS)
const findConditionOfShare = wordFinder(CONDITION_WORDS.filter((word) => !word.includes('条件')))

/** 等12项, 等88个: the count of things named before it; a promise only where they are completed. */
const NAMED_COUNT = /等[地共处]?$/
const COMPLETES = new RegExp(
  `^(?:规划|组织|全面|重点|加快|集中|统筹|继续|计划|滚动){0,2}(?:${anyOf(DONE_TO_NAMED)})|^[\u4e00-\u9fff]{0,10}(?:打造|培育|创建)|${anyOf(MADE)}`,
)
/** 等9个以上基地**建成投产**, 等14个厂区**进行改造**: what becomes of them all. */
const COMPLETED = new RegExp(
  `(?:${anyOf([...BEGUN, ...DONE, ...IN_USE, '验收', '销号', '摘帽'])})(?:建设|使用|达效|${anyOf(IN_USE)})?$|(?:进行|实施|开展|完成)[^,;、]{0,12}(?:${anyOf(ACTS_OF_WORK)}|提升)$`,
)
/** 培训企业首席数据官、工程师等1万人次: the people named are those that are counted. */
const TRAINED = /(?:^|[年均度])(?:累计)?(?:培训|轮训|培养|引进|选派|招聘)[^,;。]{2,40}$/
/** 按…的70%确定, 可按20%: a rate by which something is reckoned. */
const RECKONED = /按照|按(?!可比|[时期质年季月日需揭键钮理摩])|依照|参照|以(?![上下内外]).{0,4}$/
const isReckoned = (before: string): boolean =>
  RECKONED.test(before.slice(Math.max(before.length - 34, before.lastIndexOf(',') + 1, before.lastIndexOf(';') + 1)))
/** 围绕…90%居家养老的部署: what is done according to it, not the promise itself. */
const ACCORDING = /^(?:紧紧|紧密)?(?:围绕|按照|根据|对照|针对|鉴于|遵循|坚持)/

/** 聚焦35个产业链, 以12个县为重点: what the promise works on. */
const WORKED_ON = /^(?:重点)?(?:聚焦|瞄准|紧盯)(?:全[市县区省])?[^,;、\d]{0,6}$/
const CHOSEN =
  /^[^,;。]{1,20}为(?:主要对象|对象|重点|载体|抓手|依托|主体|基础|核心|支撑|龙头|引领|纽带|平台|试点|突破口|切入点|示范)/
const isWorkedOn = (view: SentenceView, draft: Draft, before: string): boolean =>
  draft.quantity.kind === 'counter' &&
  draft.before?.comparator.verb !== true &&
  (WORKED_ON.test(stripOpening(before)) ||
    (/以[^,;。]{0,14}$/.test(before) &&
      CHOSEN.test(view.text.slice(draft.right.start, view.fragments[draft.fragment]?.end ?? draft.right.end))) ||
    (/^对/.test(before) && /逐[车户人村项个企件栋点一]/.test(view.text.slice(draft.right.start, draft.right.end))))

/** 年内计划脱贫的3个村和8户: a set that a plan has chosen; whose members it is done to, not how many there are to be. */
const OF_A_SET =
  /^[对将把在]?(?:(?:20\d\d|[今本当])年|年[内度])?(?:计划|规划|拟|已经?|确定|下达|列入|纳入)[^,;、\d]{0,14}的(?:\d+[个户座处家条项][^,;、\d]{1,12}[和及与、])*$/
const isOfASet = (view: SentenceView, draft: Draft, before: string): boolean =>
  draft.quantity.kind === 'counter' &&
  draft.before === null &&
  OF_A_SET.test(before) &&
  !COMPLETED.test(view.text.slice(draft.right.start, draft.right.end))

/** 在300个镇中, 9个县市区…: where something is done, and how many places there are. */
function isPlace(text: string, draft: Draft, before: string): boolean {
  const behind = text.slice(draft.right.start, draft.right.end)
  if (/在$/.test(before)) return /^.{1,10}[中内上里](?![心学小医级部容海市])/.test(behind)
  return (
    draft.before === null &&
    draft.after === null &&
    stripOpening(before) === '' &&
    /^(?:县市区|县\(市|县\(区|市\(州|区县|市州|县区)/.test(behind)
  )
}

/** 每人资助20万元, 每亩补500元: what each gets. */
const PAID_EACH =
  /资助|每[人户生床名]每[年月日]$|每[人户生村](?:每[年月])?再?(?:增加|给予)|(?:单个项目|单户|单笔|户均补助|每户).{0,8}$|每[人户家个件名亩套吨项次年].{0,4}(?:补|奖|发放|扶持)/
/** 给予奖补，最高500万元; 按…标准不少于30%的比例给予补助: the most, or the rate, of what is paid in the same sentence. */
function isLimitOfPayment(view: SentenceView, draft: Draft): boolean {
  const end = view.fragments[draft.fragment]?.end ?? view.sentence.end
  if (draft.quantity.kind === 'percent')
    return (
      PAYS_RATE.test(view.text.slice(draft.right.start, end)) ||
      (draft.before?.comparator.op === '<=' && PAID.test(view.text.slice(draft.left.start, draft.left.end)))
    )
  if (draft.quantity.kind !== 'money' || !MOST.test(draft.before?.comparator.word ?? '')) return false
  const start = view.fragments[Math.max(0, draft.fragment - 3)]?.start ?? view.sentence.start
  const words = view.text.slice(start, end)
  return findPayment(words) !== undefined || words.includes('券')
}
const PAYS_RATE = /^的?(?:比例|标准|额度)?[^,;。]{0,4}(?:给予|予以|进行|安排)[^,;。]{0,6}[补奖贴支资]/
const PAID = /(?:奖补|补助|补贴|奖励|资助|贴息)(?:总额|金额|资金|比例|标准|额度)?(?:最高|原则上)?$/
const MOST = /^(?:最高|最多|不超过|不高于|上限为)/

/** 符合条件的可享受租金优惠,次年为市价的40%: what somebody is allowed to have, to the end of the sentence. */
const isOfBenefit = ({ text, sentence }: SentenceView, { quantity }: Draft): boolean =>
  HAS_BENEFIT.test(text.slice(Math.max(sentence.start, quantity.start - BENEFIT_REACHES), quantity.start))
const HAS_BENEFIT =
  /可(?:享受|租住|申请|申领|领取|选择领取)|可获得?[^,;。\d]{0,14}(?:资助|补助|补贴|奖励|贷款|保障|支持)/
const BENEFIT_REACHES = 80

/** 总投资10亿元的某某项目, 投资2亿元建设的: what a work costs. */
const isCost = (text: string, draft: Draft): boolean =>
  draft.quantity.kind === 'money' &&
  draft.before?.comparator.verb !== true &&
  /(?:投资|投资额|造价|概算|标的)(?:[约近超]|超过)?$/.test(text.slice(draft.left.start, draft.quantity.start)) &&
  /^的[\u4e00-\u9fff“]/.test(text.slice(draft.right.start, draft.right.start + 2))

/** 甲、乙、丙3个支点城市: the count of what is named one by one before it, where nothing is done to them. */
function isCountOfNamed(before: string, draft: Draft): boolean {
  if (draft.quantity.kind !== 'counter' || draft.before !== null || draft.after !== null) return false
  const names = splitNames(stripOpening(before))
  return (
    names.length >= (draft.quantity.value as number) &&
    names.length <= (draft.quantity.value as number) + 1 &&
    names.length >= 2 &&
    names.every((name) => name.length <= 12) &&
    firstVerb(before) < 0 &&
    trailingVerb(before) === null
  )
}

const INDICATORS = /^(?:主要|核心|具体|约束性|预期性|一级|二级|监测|评价|考核)*指标(?![值数要任])/

const OF_A_DOCUMENT = /》[^,;]{0,24}$/
/** 《某某规划》确定的6项任务, 落实促进产业发展十条政策: what a document holds. */
const isOfADocument = (text: string, draft: Draft, before: string): boolean =>
  (draft.quantity.kind !== 'percent' && OF_A_DOCUMENT.test(before)) ||
  (/^[条项]$/.test(draft.quantity.unit) &&
    draft.before === null &&
    /^(?:政策|措施|举措|意见|硬措施|具体措施|政策措施)(?![\u4e00-\u9fff]{0,6}(?:出台|制定|完成))/.test(
      text.slice(draft.right.start, draft.right.end),
    ) &&
    !/(?:出台|制定|推出|发布|新增|完成)[^,;。]{0,12}$/.test(before))

/** 对超员20%以上的一律从严查处: whom a measure meets. */
const isTreated = (text: string, draft: Draft): boolean =>
  /^的(?:一律|依法|从严|严格|严肃|坚决|予以|取消|约谈|责令|不予|不得)/.test(
    text.slice(draft.right.start, draft.right.end),
  )

/** 对床位不足40张且入住少于10人的养老院,可以撤并: by its size is told whom the next part is about. */
const isWhom = (view: SentenceView, draft: Draft, before: string): boolean => {
  const fragment = view.fragments[draft.fragment]
  if (fragment?.mark !== ',' || draft.quantity.kind === 'percent') return false
  const behind = view.text.slice(draft.right.start, fragment.end)
  return /^的[\u4e00-\u9fff]{2,12}$/.test(behind) && firstVerb(behind) < 0 && !/^对[^,]{0,4}$/.test(before)
}

/** Tells of a number which word of taxes or penalties stands in its sentence, as far as the next semicolon on each side. */
function ruleWordsBeside({ fragments, sentence, text }: SentenceView): (draft: Draft) => string | undefined {
  const parts: { end: number; word: string | undefined }[] = []
  let start = sentence.start
  for (const end of [...fragments.filter(({ mark }) => mark === ';').map((fragment) => fragment.end), sentence.end]) {
    parts.push({ end, word: sentenceRuleIn(text.slice(start, end)) })
    start = end
  }
  return ({ quantity }) => (parts.find(({ end }) => end >= quantity.start) ?? parts.at(-1))?.word
}

/** 对超载的车辆处500元罚款: the penalty's own part, the condition that leads to it, and what it grows to. */
function isPenalty(view: SentenceView, draft: Draft): boolean {
  const own = wordsOf(view, draft.fragment)
  if (PENALTY.test(own)) return true
  const leads = /的$/.test(own) || /^\s*(?:对(?!照)|凡|违反|造成|未按|有)/.test(own)
  for (let index = draft.fragment + 1; leads && index <= draft.fragment + 3; index++)
    if (PENALTY.test(wordsOf(view, index))) return true
  return /^(?:情节|构成|逾期|拒不|并处|可以?处)/.test(own) && PENALTY.test(wordsOf(view, draft.fragment - 1))
}

/** The words of a part, empty where there is none of this index. */
function wordsOf({ fragments, text }: SentenceView, index: number): string {
  const fragment = fragments[index]
  return fragment ? text.slice(fragment.start, fragment.end) : ''
}

/** 抵押登记时间压缩至3日: a word of payment says little of a span of time. */
const weightOf = ({ quantity }: Draft): CueAgainst =>
  quantity.kind === 'time'
    ? 'rule-word-beside-time'
    : quantity.kind === 'counter' || quantity.kind === 'amount'
      ? 'rule-word-beside-count'
      : 'rule-word'

/** Takes out parameters of rules: payments, prizes, fees, conditions, terms, counts of what a document holds. */
export const rules: Refiner = {
  name: 'rules',
  reads: ['after', 'before', 'fragment', 'inList', 'left', 'quantity', 'right'],
  writes: [],
  run: (view) => {
    const drafts = standing(view)
    if (drafts.length === 0) return
    const sentence = view.text.slice(view.sentence.start, view.sentence.end)
    const pays = findPayment(sentence) !== undefined
    const ruleWordBeside = ruleWordsBeside(view)
    for (const draft of drafts) {
      const wide = ruleWordBeside(draft)
      const fragment = view.fragments[draft.fragment] ?? view.sentence
      const words = view.text.slice(fragment.start, fragment.end)
      const before = view.text
        .slice(fragment.start, draft.quantity.start)
        .replace(/^\s*(?:\d{1,3}[.、)]|\([一二三四五六七八九十\d]{1,3}\))/, '')
      // 补助资金用于产业的比重达到60%: an indicator about payments, not a payment.
      const measured =
        draft.quantity.kind === 'percent' &&
        draft.before?.comparator.verb === true &&
        tailOf(stripClosing(view.text.slice(draft.left.start, draft.left.end))) !== ''
      // 发放津贴10万人: what is paid is counted, not how much.
      const served =
        stripOpening(before) === '为' &&
        firstVerb(view.text.slice(draft.right.start, draft.right.end).split('、补助')[0] ?? '') >= 0
      const counted =
        draft.quantity.kind === 'counter' && !/给予|一次性/.test(words) && (firstVerb(before) >= 0 || served)
      const rule =
        wide ??
        (measured || counted
          ? undefined
          : (findRuleWord(words) ?? (draft.quantity.kind === 'time' ? findTerm(words) : undefined)))
      // 具备条件的村…比例达到98%: the share of those that can, not whom a rule is for.
      const stated = before.replace(/(?:具备|有)[^,;。]{0,8}条件的/g, '')
      const condition = (measured ? findConditionOfShare : findCondition)(stated)
      if (rule) speakAgainst(draft, weightOf(draft), rule)
      else if (isPenalty(view, draft)) speakAgainst(draft, 'penalty')
      else if (condition) speakAgainst(draft, 'condition', condition)
      else if (
        /^对/.test(before) &&
        (pays || /的$/.test(words) || isTreated(view.text, draft) || isWhom(view, draft, before))
      )
        speakAgainst(draft, 'addressed')
      else if (/连续[两二三四\d]次/.test(before) && /^的/.test(view.text.slice(draft.right.start, draft.right.end)))
        speakAgainst(draft, 'condition')
      else if (isWorkedOn(view, draft, before)) speakAgainst(draft, 'worked-on')
      else if (
        ACCORDING.test(stripOpening(before)) &&
        trailingVerb(before) === null &&
        !(draft.inList && firstVerb(before) > 0)
      )
        speakAgainst(draft, 'according-to')
      else if (
        draft.quantity.kind === 'percent' &&
        !draft.before &&
        !draft.after &&
        /的(?:总体)?(?:部署|格局|布局|思路|原则)$/.test(view.text.slice(draft.right.start, draft.right.end))
      )
        speakAgainst(draft, 'according-to')
      else if (
        /^的(?:要求|规定|限制|条件)/.test(view.text.slice(draft.right.start, draft.right.end)) &&
        !draft.before?.comparator.verb
      )
        speakAgainst(draft, 'requirement')
      else if (draft.quantity.kind === 'counter' && isPlace(view.text, draft, before)) speakAgainst(draft, 'where')
      else if (draft.quantity.kind === 'money' && PAID_EACH.test(before)) speakAgainst(draft, 'paid-each')
      else if (
        draft.quantity.unit === '件' &&
        /^(?:民生)?[实大好要难]事/.test(view.text.slice(draft.right.start, draft.right.start + 4))
      )
        speakAgainst(draft, 'named-count')
      else if (isOfASet(view, draft, before)) speakAgainst(draft, 'named-count')
      // 做好6个方面工作: under so many headings, which follow.
      else if (
        /^方面(?:的?(?:重点)?(?:工作|任务|举措|内容))?$/.test(view.text.slice(draft.right.start, draft.right.end))
      )
        speakAgainst(draft, 'named-count')
      // 对4类重点对象优先保障: a class that a rule has set up.
      else if (
        draft.quantity.unit === '类' &&
        /^(?:重点|特殊|困难|低收入)?(?:对象|人群|群体|人员|家庭)/.test(
          view.text.slice(draft.right.start, draft.right.end),
        )
      )
        speakAgainst(draft, 'named-count')
      // 提出24个主要指标, 约束性指标7项: how many there are, which follow.
      else if (
        draft.quantity.kind === 'counter' &&
        (INDICATORS.test(view.text.slice(draft.right.start, draft.right.end)) ||
          (draft.quantity.unit === '项' && /(?:主要|核心|约束性|预期性|类)指标$/.test(before)))
      )
        speakAgainst(draft, 'named-count')
      else if (isLimitOfPayment(view, draft)) speakAgainst(draft, 'limit-of-payment')
      else if (isOfBenefit(view, draft)) speakAgainst(draft, 'limit-of-payment')
      else if (isCost(view.text, draft)) speakAgainst(draft, 'what-it-costs')
      else if (isCountOfNamed(before, draft)) speakAgainst(draft, 'count-of-named')
      else if (
        draft.quantity.kind === 'counter' &&
        NAMED_COUNT.test(before) &&
        !COMPLETES.test(before) &&
        !COMPLETED.test(view.text.slice(draft.right.start, draft.right.end)) &&
        !TRAINED.test(before)
      )
        speakAgainst(draft, 'named-count')
      else if (isOfADocument(view.text, draft, before)) speakAgainst(draft, 'of-a-document')
      else if (
        !draft.before &&
        !draft.after &&
        (draft.quantity.kind === 'percent' || draft.quantity.kind === 'money') &&
        isReckoned(before)
      )
        speakAgainst(draft, 'reckoned')
    }
  },
}
