import { ACTS_OF_WORK } from '../lexicon/works.ts'
import { anyOf } from '../parsers/word-finder.ts'
import type { Draft, Refiner, SentenceView } from './draft.ts'
import { doubt, drop, standing } from './draft.ts'
import { firstVerb, trailingVerb } from './verb-words.ts'
import { stripOpening } from './words.ts'

/** 的 behind an amount that qualifies a noun: 规模超10亿元**的**企业, 5万吨以上**的**锅炉; and 亿元以上企业 without it. */
const QUALIFIES = /^(?:\(含[^)]{0,6}\)|\(不含[^)]{0,6}\))?的/
const COUNTED_KINDS = new Set(['counter', 'magnitude'])

/**
 * Takes out numbers that only qualify a noun or a condition: 总投资1亿元以上的项目, 规模超50亿元企业3家.
 * A share (95%以上的村) and a count behind a verb (建成10个以上的) stay.
 */
export const thresholds: Refiner = {
  name: 'thresholds',
  reads: ['after', 'before', 'fragment', 'inList', 'left', 'qualified', 'quantity', 'right'],
  writes: ['left', 'qualified', 'right'],
  run: (view) => {
    const drafts = standing(view)
    drafts.forEach((draft, index) => {
      if (draft.after && /^\((?:含|不含)/.test(view.text.slice(draft.after.start - 5, draft.after.start)))
        doubt(draft, 'value', 'including')
      const next = drafts[index + 1]
      if (qualifiesNext(view, draft, next)) drop(draft, 'thresholds/qualifies-number')
      else if (qualifiesNoun(view, draft)) drop(draft, 'thresholds/qualifies-noun')
    })
  },
}

/** No joint stands between this number and the next in its fragment, or the next predicate takes it as part of its subject. */
function qualifiesNext(view: SentenceView, draft: Draft, next: Draft | undefined): boolean {
  if (!next) return false
  // 亿元以上项目200个，其中10亿元以上30个: the amount says which of them are counted.
  if (
    draft.after &&
    next.fragment === draft.fragment &&
    next.quantity.start === draft.after.end &&
    next.quantity.kind === 'counter' &&
    (draft.quantity.kind === 'money' || draft.quantity.kind === 'amount')
  ) {
    next.left = { start: draft.left.start, end: draft.after.end }
    next.reasons.property = {
      range: { start: draft.quantity.start, end: draft.after.end },
      rule: 'thresholds/property',
    }
    return true
  }
  if (next.fragment === draft.fragment && next.qualified) {
    const between = view.text.slice(draft.quantity.end, next.quantity.start)
    if (/^(?:的|以上|以下|及以上)*\s*$/.test(between)) return false
    // 治理6条段共计48公里河道: the sum of those that are counted.
    if (SUM_OF_COUNTED.test(between)) return false
    if (next.quantity.form === 'full-cover' && draft.quantity.kind === 'counter' && COVERS.test(between)) {
      // 完成12个村实现管网全覆盖: so many are to be covered.
      draft.right = { start: draft.right.start, end: next.right.end }
      drop(next, 'thresholds/cover-of-counted')
      return false
    }
    const isMeasured = next.quantity.kind === 'money' || next.quantity.kind === 'amount'
    if (
      COUNTED_KINDS.has(draft.quantity.kind) &&
      isMeasured &&
      ((next.before && between.length > 2) || SIZE.test(between)) &&
      next.right.end - next.right.start > 1
    ) {
      // 2家以上年销售收入达500亿元的企业, 60所海拔900米以上村小: the amount belongs to the noun that is counted.
      draft.right = { start: draft.right.start, end: next.right.end }
      drop(next, 'thresholds/inside-noun')
      return false
    }
    if (draft.quantity.kind === 'percent' && draft.before === null) {
      // 80%以上的乡镇至少有1所幼儿园: the share is the target, the second number part of what it is a share of.
      draft.right = { start: draft.right.start, end: next.right.end }
      drop(next, 'thresholds/inside-share')
      return false
    }
    if (
      draft.quantity.kind === 'amount' &&
      next.quantity.kind === 'percent' &&
      next.before &&
      trailingVerb(view.text.slice(draft.left.start, draft.left.end)) !== null &&
      DONE_TO_QUALIFIED.test(view.text.slice(next.right.start, next.right.end))
    ) {
      // 完成5万平方米节能率不低于20%的住宅改造: the share belongs to the noun of which so much is done.
      draft.right = { start: draft.right.start, end: next.right.end }
      drop(next, 'thresholds/inside-noun')
      return false
    }
    next.left = { start: draft.left.start, end: next.left.end }
    next.qualified = false
    return true
  }
  if (next.fragment === draft.fragment && qualifiesProperty(view, draft, next)) {
    next.left = { start: draft.left.start, end: next.left.end }
    return true
  }
  // 「绿色建材用量达到50%以上的工程，占新开工工程的比例达到40%」
  const fragment = view.fragments[next.fragment]
  if (
    fragment &&
    next.fragment === draft.fragment + 1 &&
    /^(?:占|在)/.test(view.text.slice(fragment.start, fragment.start + 1)) &&
    // …的旧管网，在2027年前改造46公里: when, not among what.
    !view.times.some(({ start }) => start === fragment.start || start === fragment.start + 1)
  ) {
    const behind = view.text.slice(draft.right.start, draft.right.end)
    if (behind.startsWith('的')) {
      next.left = { start: draft.left.start, end: next.left.end }
      return true
    }
  }
  return false
}

const SUM_OF_COUNTED = /^\(?段?\)?,?(?:共计?|总计|合计|总长|全长)约?$/
const COVERS = /^[^,;。]{2,20}实现[^,;。]{0,16}$/

/** 「培育年产值超100亿元、竞争力强的企业2家」, 「超50亿元3家」: an amount with 超, 达, 过 that says which things are counted. */
function qualifiesProperty(view: SentenceView, draft: Draft, next: Draft): boolean {
  if (
    next.quantity.kind !== 'counter' ||
    (draft.quantity.kind !== 'money' && draft.quantity.kind !== 'amount') ||
    !draft.before
  )
    return false
  if (!/[超达过上]$|突破$/.test(draft.before.comparator.word)) return false
  if (draft.quantity.end === next.quantity.start) return true
  return (
    /^(?:培育|培植|引进|引育|招引|打造|壮大|孵化|扶持|形成|树立|新增|发展)/.test(
      stripOpening(view.text.slice(draft.left.start, draft.left.end)),
    ) && view.text.slice(draft.quantity.end, next.quantity.start).includes('的')
  )
}

/** 消除66人以上“超大班额”, 淘汰35蒸吨以下锅炉: what is done away with is told by its size. */
const REMOVES = /(?:消除|化解|取消|清理|整治|淘汰|关停|拆除|取缔)$/

/** 存栏5000头以上养殖场: by its herd is told which farm is meant. */
const HERD = /(?:存栏|出栏|库容|装机容量)$/

/** 3000人以上的大村, 常住人口5万户以上的社区: people and households say how big a place or body is. */
const SIZED =
  /^(?:\([^)]{0,8}\))?的[^,;。、]{0,4}?(?:[村镇乡县]|社区|街道|城市|机关|小区|园区|企业|单位|学校|机构|集中居住区|安置点|聚居点)/
const SIZE = /(?:人口|户数|人数|规模|在校生|职工|员工|编制|海拔|面积|床位)$|^[为对在给向]$/

const EXTENT = /(?:公里|千米|亩|平方米|公顷|bps)$/

/** Nouns of work: an amount before them says how much of it is done. */
const DONE_TO = new RegExp(`(?:${anyOf(ACTS_OF_WORK)})(?:和[^,;。、]{2,6})?(?:等?(?:项目|工程|任务).{0,6})?$`)

const DONE_TO_QUALIFIED = new RegExp(`^的[^,;。、]{2,20}(?:${anyOf(ACTS_OF_WORK)})$`)

/** 形成8万吨/年以上处理能力: what is to be brought about is an ability of that size. */
const ABILITY = /(?:能力|产能)$/

/** 建设两岸66公里堤防, 整治甲河、乙河等36公里河道: works that have a length or an area, of which so much is done. */
const EXTENDS =
  /^[\u4e00-\u9fff]{0,6}(?:河道|河渠|大堤|堤防|海塘|岸线|护岸|管网|管道|管线|干管|支管|渠道|线路|道路|公路|村道|步道|绿道|路段|林带|边坡|围网|航道)(?=[,;。、()]|$)/
const EXTENT_OF_WORKS = /(?:公里|千米|平方米|平方公里|公顷|亩|米)$/

const OF_CARS = /^(?:\([^()]{1,6}\))?(?:及?以[上下])?的?(?:[大中小微]型?)?(?:载客)?(?:汽车|客车|轿车|客运车|乘用车)/

const AREA = /(?:平方公里|平方千米|公顷|亩|平方米)$/
const LAND_REACHES =
  /^的?[^,;。、]{0,8}(?:用地|建成区|城区|区域|面积|农田|耕地|林地|草地|湿地|水域)(?:达到|实现|符合|完成|建成|通过)/
const THERE_ARE = /(?:要|应当?|须|确保|力争|争取)有$/
const ARE_DONE = /(?:达标|建成|完成|合格|(?:通过|达到|进入|成为|跻身|入选)[^,;]{2,12})$/
const WITHIN = /^的?[^,;。]{0,8}(?:规划区|范围|区域|控制区|城区)[内中里]/

function qualifiesNoun(view: SentenceView, draft: Draft): boolean {
  const { quantity } = draft
  const behind = view.text.slice(quantity.end, draft.right.end)
  const words = draft.after ? behind.slice(draft.after.end - quantity.end) : behind
  const left = view.text.slice(draft.left.start, draft.left.end)
  const upTo = view.text.slice(draft.left.start, quantity.start)
  // 示范镇要有70%以上的工程验收合格: there are to be so many that are.
  if (quantity.kind !== 'money' && quantity.kind !== 'amount' && THERE_ARE.test(upTo) && ARE_DONE.test(words))
    return false
  // 60平方公里以上建设用地达到某某要求: so much land is to.
  if (quantity.kind === 'amount' && left === '' && AREA.test(quantity.unit) && LAND_REACHES.test(words)) return false
  // 规划确定的800平方公里的城市规划区内: where.
  if (quantity.kind === 'amount' && !draft.before && WITHIN.test(words)) return true
  // 在50%以上的国家级园区和30%以上的省级园区实施改造: shares of places, not a condition.
  if (
    quantity.kind === 'percent' &&
    draft.before?.comparator.word === '在' &&
    QUALIFIES.test(words) &&
    (/实施|开展|建立|建成|推广|完成|推行/.test(words) ||
      standing(view).some(
        (other) =>
          other.fragment === draft.fragment &&
          other.quantity.kind === 'percent' &&
          other.quantity.start > quantity.start,
      ))
  )
    return false
  if (
    draft.after &&
    (draft.before?.comparator.word === '在' || draft.before?.comparator.word === '为') &&
    words !== '' &&
    !/^[并且,]/.test(words)
  )
    return true
  if (draft.after && quantity.kind !== 'percent' && words.length >= 2 && (REMOVES.test(left) || HERD.test(left)))
    return true
  // 打造一批年出栏2万头以上大县, 年产值20亿元以上的园区一批: so large are the things of which there are to be some.
  if (draft.after && quantity.kind !== 'percent' && (/一批/.test(left) || /一批$/.test(words))) return true
  // 750千伏输变电工程, 10千伏线路: which lines are meant.
  if (/^(?:千伏|kV|KV)$/.test(quantity.unit) && !draft.before && /^[\u4e00-\u9fff]/.test(words)) return true
  // 9座以下小汽车: how large a car.
  if (quantity.unit === '座' && OF_CARS.test(view.text.slice(quantity.end, quantity.end + 12))) return true
  // 降低电价5%政策: the share belongs to the rule.
  if (quantity.kind === 'percent' && !draft.before && !draft.after && /^的?(?:政策|优惠政策|税率)/.test(words))
    return true
  if (quantity.kind === 'percent' && draft.after && QUALIFIES.test(words) && left.includes('占')) return true
  if (
    COUNTED_KINDS.has(quantity.kind) &&
    draft.after &&
    /^(?:\([^)]*\))?.*(?:单位|企业|个人|人员|地区|家庭|机构|纳税人|用户)$/.test(words) &&
    QUALIFIES.test(words) &&
    firstVerb(left) < 0
  )
    return true
  if (
    draft.after &&
    draft.before === null &&
    SIZED.test(words) &&
    /[人户]$/.test(quantity.unit) &&
    (left === '' || SIZE.test(left))
  )
    return true
  if (COUNTED_KINDS.has(quantity.kind) || quantity.kind === 'percent') {
    return (
      draft.after !== null &&
      draft.before !== null &&
      QUALIFIES.test(words) &&
      /[^的]{2,}/.test(words) &&
      !/^(?:达到|实现|完成)/.test(draft.before.comparator.word)
    )
  }
  // 3.8米直径火箭: an amount that names a noun, unless a verb makes it the amount of what is built.
  if (
    !draft.before &&
    !draft.after &&
    /^[\u4e00-\u9fff]/.test(words) &&
    !/^(?:[的并且和及]|用于|达到|实现|符合|纳入|通过)/.test(words) &&
    trailingVerb(left) === null &&
    // 实施2个公园、3公里绿道: the verb of the first is that of all.
    !(draft.inList && left === '') &&
    // 确保16公里管网复线、8公里管网改造: so much is to be done.
    !DONE_TO.test(words.split('、', 1)[0] as string) &&
    !(EXTENDS.test(words) && EXTENT_OF_WORKS.test(quantity.unit) && firstVerb(left) >= 0) &&
    quantity.kind === 'amount'
  )
    return true
  // 提供100Mbps以上接入能力, 新建5公里以上绿道: so much is provided or built.
  if (draft.before === null && EXTENT.test(quantity.unit) && trailingVerb(left) !== null && words.length >= 2)
    return false
  if (QUALIFIES.test(words))
    return draft.before !== null || draft.after !== null
      ? !/^的(?:目标|任务|规模|水平|年产能|产能|生产能力|能力|要求)/.test(words.replace(/^\([^)]*\)/, ''))
      : false
  if (draft.after && ABILITY.test(words) && trailingVerb(left) !== null) return false
  return draft.after !== null && draft.before === null && /^[\u4e00-\u9fff]/.test(words)
}
