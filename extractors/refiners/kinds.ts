import { VERBS_OF_CHANGE } from '../lexicon/changes.ts'
import { NAMED_BY_NUMERAL } from '../lexicon/not-targets.ts'
import { anyOf } from '../parsers/word-finder.ts'
import type { Draft, Refiner, SentenceView } from './draft.ts'
import { drop, standing } from './draft.ts'
import { firstVerb, trailingVerb } from './verb-words.ts'
import { stripOpening } from './words.ts'

/** Nouns that a span of time can be a target of; other spans of time are limits of a procedure. */
const TIMED = /时间|时限|周期|天数|寿命|年限|课时|学时|工时|日数|耗时|时长|住院日|工作日|的天|用时/
/** Nouns of coefficients, which have no unit. */
const COEFFICIENT = /(?:系数|指数|强度|弹性|容积率|比值|倍差|密度|值|得分|评分|绩点)$/
/** Nouns that a Chinese numeral names rather than counts: 三个方面, 两大体系. */
const NAMED = new RegExp(`^(?:${anyOf(NAMED_BY_NUMERAL)})`)

/** 全覆盖、分层次、有特色的: of what kind the thing behind is to be. */
const EPITHETS_BEHIND = /^(?:、[\u4e00-\u9fff]{2,5}){1,4}的[\u4e00-\u9fff]/
const LOOKED_AT = 30

/** 保洁15/30天完成1次: how often a service comes round. */
const HOW_OFTEN = /\d{1,3}[天日](?:至少|不少于)?(?:完成|开展|进行|检查|巡查)?$/

/** 5人制球场, 8小时制: by what a kind of thing is told. */
const NAMES_KIND = /^制(?![造定作成备订冷氢药糖衣])/

/** 农药零增长、农膜回收行动, 供水全覆盖工程: the state names what is done. */
const NAMED_BY_STATE: ReadonlySet<string | undefined> = new Set(['zero', 'full-cover'])
const IS_ACTION = /^(?:[、和及与][^,;。]{2,30})?(?:专项)?(?:行动|工程)$/

/** Takes out spans of time that are no indicator, bare numbers that are no coefficient, and Chinese numerals that only name. */
export const kinds: Refiner = {
  name: 'kinds',
  reads: ['after', 'before', 'fragment', 'left', 'quantity', 'right'],
  writes: [],
  run: (view) => {
    let last: Draft | null = null
    let lastLeft = ''
    let lastBefore: Draft['before'] = null
    let built: Draft | null = null
    for (const draft of standing(view)) {
      const { quantity } = draft
      const joined =
        last !== null && /^[、,和及与]$/.test(view.text.slice(last.quantity.end, quantity.start)) ? last : null
      const left = joined ? lastLeft : view.text.slice(draft.left.start, draft.left.end)
      const before: Draft['before'] = draft.before ?? (joined ? lastBefore : null)
      last = draft
      lastBefore = before
      lastLeft = left
      if (
        quantity.kind === 'time' &&
        !isResponse(view.text, draft) &&
        !isMeasured(before, left) &&
        !goesOn(view, draft, before) &&
        !isShortened(view, draft) &&
        !countsDays(view, draft)
      )
        drop(draft, 'kinds/time')
      else if (
        quantity.form === 'full-cover' &&
        view.text[quantity.end] === '、' &&
        (EPITHETS_BEHIND.test(view.text.slice(quantity.end, quantity.end + LOOKED_AT)) ||
          !/实现|确保|力争|基本|推进|推动/.test(left))
      )
        drop(draft, 'kinds/attribute')
      else if (NAMED_BY_STATE.has(quantity.form) && IS_ACTION.test(view.text.slice(quantity.end, draft.right.end)))
        drop(draft, 'kinds/attribute')
      else if (
        quantity.kind === 'bare' &&
        quantity.writing !== 'words' &&
        !isCoefficient(left, before !== null) &&
        !isRatio(view.text, quantity.end, left, before !== null) &&
        // 驿站、凉亭分别达到12和30个: it has its unit from the last of the list.
        !(left + (before?.comparator.word ?? '')).includes('分别')
      )
        drop(draft, 'kinds/bare')
      // 红十字事业; 退出全省后十位: a name, and a place in a ranking.
      else if (
        (quantity.unit === '字' && view.text[quantity.start - 1] === '红') ||
        (quantity.unit === '位' && view.text[quantity.start - 1] === '后')
      )
        drop(draft, 'kinds/name-or-rank')
      else if (isAddress(view.text, draft)) drop(draft, 'kinds/address')
      else if (quantity.unit === '次' && HOW_OFTEN.test(left)) drop(draft, 'kinds/frequency')
      else if (quantity.kind === 'counter' && NAMES_KIND.test(view.text.slice(quantity.end, quantity.end + 2)))
        drop(draft, 'kinds/names-kind')
      else if (quantity.writing === 'chinese') {
        const goesOn = built !== null && goesOnBuilding(view.text, built, draft, left)
        if (goesOn || BUILDS.test(stripOpening(left))) built = draft
        if (!isCounted(view.text, draft, left) && !(goesOn && quantity.value !== 1)) drop(draft, 'kinds/chinese')
      }
    }
  },
}

/** 柳林路36弄, 柳林路88项目: where something stands. 道路36条 are counted. */
const isAddress = (text: string, { quantity }: Draft): boolean =>
  /[路街巷道]$/.test(text.slice(Math.max(0, quantity.start - 2), quantity.start)) &&
  (quantity.unit === '弄' || (quantity.unit === '项' && text[quantity.end] === '目'))

/** 审批时间压减至15个工作日，一般项目压减至45个工作日: the span goes on from the number before. */
function goesOn(view: SentenceView, draft: Draft, before: Draft['before']): boolean {
  const previous = standing(view).findLast((other) => other.quantity.start < draft.quantity.start)
  return (
    before?.comparator.verb === true &&
    previous?.quantity.kind === 'time' &&
    previous.quantity.unit === draft.quantity.unit &&
    draft.fragment - previous.fragment <= 1
  )
}

/** 借阅由原来的30分钟以上缩减至8分钟以内: both spans of time, whatever takes so long. */
function isShortened({ text, sentence }: SentenceView, { quantity }: Draft): boolean {
  const before = text.slice(Math.max(sentence.start, quantity.start - FARTHEST_SPAN), quantity.start)
  const behind = text.slice(quantity.end, Math.min(sentence.end, quantity.end + FARTHEST_SPAN))
  return (SPAN_TO.test(before) && FROM_SPAN.test(before)) || (FROM_NOW.test(before) && TO_SPAN.test(behind))
}
const FARTHEST_SPAN = 24
const OLD = '[由从](?:原来|原先|原有|过去|以前|目前|现在|现行|法定|承诺|平均)*的?'
const TIME_UNIT = '(?:个?工作日|个?小时|分钟|天|个月)'
const ABOUT = '(?:以[上内]|左右)?'
const SHORTENS = `(?:${anyOf(VERBS_OF_CHANGE)})[至到为]`
const FROM_NOW = new RegExp(`${OLD}$`)
const FROM_SPAN = new RegExp(`${OLD}\\d`)
const SPAN_TO = new RegExp(`\\d${TIME_UNIT}${ABOUT}${SHORTENS}$`)
const TO_SPAN = new RegExp(`^${ABOUT}${SHORTENS}\\d{1,4}${TIME_UNIT}`)

/** 优良天数分别达到甲县220天、乙县210天，比上年增加8天: days of which an indicator of its part of the sentence counts so many. */
function countsDays(view: SentenceView, { quantity }: Draft): boolean {
  if (quantity.unit !== '天') return false
  const words = view.text.slice(Math.max(view.sentence.start, quantity.start - FARTHEST_NAME), quantity.start)
  const name = words.lastIndexOf('天数')
  return name >= 0 && !/[;。]/.test(words.slice(name))
}
/** Characters between what is counted and its number. */
const FARTHEST_NAME = 120

const CHANGED_FROM = new RegExp(`(?:[从由]|${anyOf(VERBS_OF_CHANGE)})$`)
/** A span of time is measured where a noun of time says so and the number is compared: 办理时间压缩至3个工作日, 每天不少于1小时. */
const isMeasured = (before: Draft['before'], left: string): boolean =>
  (before?.comparator.strict === true && /每[天日周月年]/.test(left)) ||
  (TIMED.test(left) && (before !== null || CHANGED_FROM.test(left)))

/** 2小时内到达, 30分钟以内送达: how fast something is to happen. */
const isResponse = (text: string, draft: Draft): boolean =>
  /小时|分钟/.test(draft.quantity.unit) &&
  /内$/.test(draft.after?.comparator.word ?? '') &&
  /^[^,;。]{0,14}(?:到达|抵达|送达|响应|赶到|通达|可达|到场|得到)/.test(
    text.slice(draft.right.start, draft.right.start + 16),
  )

/** 比例缩小到2.1:1: the ratio is told by its first number. */
const isRatio = (text: string, end: number, left: string, compared: boolean): boolean =>
  compared && /(?:比例|比|倍差)$/.test(left) && text.endsWith(':1', end)

const isCoefficient = (left: string, compared: boolean): boolean => {
  // 指数由118提升到125: the name stands before the old value.
  const name = left.replace(FROM, '')
  return COEFFICIENT.test(name) || (compared && /[率比数度量]$/.test(name))
}
const FROM = /[从由](?:\d{4}年的?|目前的?|当前的?)?(?:\d{1,6}(?:\.\d{1,4})?)?$/

const MACHINE = /^[\u4e00-\u9fff]{0,8}(?:[机车器仪泵炉梯套]|设备|装置)/
const BUILDS = /^(?:年内|全年)?(?:新建|改建|扩建|改扩建|迁建|建成|建设|完成|开工|续建|改造|新增|创建)/

/** 建设一座广场，一条滨湖路、**两条大道**: a firm counter that opens its part goes on with what is built. */
const goesOnBuilding = (text: string, built: Draft, { fragment, quantity }: Draft, left: string): boolean =>
  fragment - built.fragment <= 2 &&
  stripOpening(left.slice(left.lastIndexOf('、') + 1)) === '' &&
  /^[所处座条家]$/.test(quantity.unit) &&
  /^[\u4e00-\u9fff“]{2}/.test(text.slice(quantity.end, quantity.end + 2)) &&
  !NAMED.test(text.slice(quantity.end, quantity.end + 4))

/** Chinese numerals count only with a comparator (一所以上, 至少两次) or directly behind a verb of delivery with a firm counter. */
function isCounted(text: string, draft: Draft, left: string): boolean {
  const { quantity } = draft
  if (quantity.unit === '批' || quantity.unit === '届' || (/^[次轮期]$/.test(quantity.unit) && draft.before === null))
    return false
  if (/^[大方阶环步级类种层些套]/.test(quantity.unit) && draft.before === null) return false
  if (draft.after && quantity.value !== 0) return true
  // 粮食总产两千三百万斤: numerals of this size are amounts, not names.
  if ((quantity.kind === 'money' || quantity.kind === 'amount') && Number(quantity.value) >= 1000) return true
  if (
    draft.before &&
    (draft.before.comparator.strict || draft.before.comparator.word.length >= 2) &&
    draft.before.comparator.word !== '实现'
  )
    return true
  // 推进三台、平武…: a place, for nothing is counted.
  const behindUnit = text[quantity.end] ?? ''
  if (
    !/[\u4e00-\u9fff“]/.test(behindUnit) &&
    trailingVerb(left) !== null &&
    (trailingVerb(left) as string).length >= left.length - 6
  )
    return false
  if (NAMED.test(text.slice(quantity.end, quantity.end + 4))) return false
  // 抓好两件事: named one by one.
  if (quantity.unit === '件' && /^[大实好要]?事(?![项故])/.test(text.slice(quantity.end, quantity.end + 3)))
    return false
  // 做强三台麦冬: a place, for no machine is counted.
  if (quantity.unit === '台' && !MACHINE.test(text.slice(quantity.end, draft.right.end))) return false
  // 建成东园、西园等两个社区: as many as are named before.
  if (
    /^[个座所家条处]$/.test(quantity.unit) &&
    /、[^,;。]{1,14}等$/.test(text.slice(draft.left.start, quantity.start)) &&
    firstVerb(left) >= 0
  )
    return true
  // 建成一个国家级中心: one thing that is built counts.
  if (
    quantity.value === 1 &&
    /(?:建成|新建|创建)$/.test(left) &&
    /^[个座所家条处]$/.test(quantity.unit) &&
    text[quantity.end] !== '以'
  )
    return !/体系|机制|格局|环境|制度|网络/.test(text.slice(quantity.end, draft.right.end))
  // 树立示范村十二个,: a count that closes its part behind a verb and its object.
  if (
    Number(quantity.value) >= 2 &&
    quantity.kind === 'counter' &&
    left.length >= 4 &&
    firstVerb(left) >= 0 &&
    /^(?:$|[,;、。)\n])/.test(text.slice(quantity.end, quantity.end + 1))
  )
    return true
  // 技改项目三百个: a round number behind what it counts.
  if (
    typeof quantity.value === 'number' &&
    quantity.value >= 20 &&
    /^[个家户名人座所处亩]$/.test(quantity.unit) &&
    /[\u4e00-\u9fff]{3}$/.test(left) &&
    !/[\u4e00-\u9fff]/.test(behindUnit)
  )
    return true
  // 新建幼儿园两所, 完成甲路和乙路两处公园建设: a firm counter behind what a verb of building names.
  if (/^[所处座条家]$/.test(quantity.unit) && quantity.value !== 1 && BUILDS.test(stripOpening(left)))
    return !/^(?:方面|工作|问题|原则)/.test(text.slice(quantity.end, quantity.end + 2))
  return quantity.kind === 'percent' || (quantity.unit !== '' && quantity.value !== 1 && trailingVerb(left) !== null)
}
