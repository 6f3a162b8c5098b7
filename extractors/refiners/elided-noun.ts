import type { Draft, Refiner, SentenceView } from './draft.ts'
import { doubt, standing } from './draft.ts'
import { isLevel, splitNames } from './list-names.ts'
import { leadingVerb } from './words.ts'

/** Nouns that need the modifier named before them: 续建项目 behind 建设干线公路项目. */
const GENERIC = /^(?:项目|工程|企业|机构|基地|园区|平台|学校|医院|道路|公路|线路|站点|设施|水库|河道|单位)$/
/** Amounts of what was counted before: 供热项目4个、完成投资6.5亿元. */
const AMOUNT_OF =
  /^(?:计划|年度|预计|力争)?(?:完成|总|计划)?(?:投资|总投资|投资额|里程|总里程|到位资金|装机|建筑面积|概算|产值|产能)(?:完成)?$/

/** Sizes of what was built: 新建冷库15座、库容8000立方米. */
const SIZE_OF = /^总?(?:库容|容量|装机容量|占地面积|建筑面积|处理能力|供水能力)$/

/** 危房改造1260户，其中重建860户、修缮400户: how the things counted are mended. */
const REPAIR = /^(?:重建|修缮|翻建|翻修|加固|维修|迁建|原址重建|修缮加固|货币化安置|实物安置)$/
/** 超50亿元, 过百亿元: the property named before (年营业收入超10亿元企业) goes on with another amount. */
const PROPERTY = /^(?:培育|引进|打造|形成|新增)?([超过达上](?:[\d.百千十]+[万亿]?|[百千]?[万亿])元)$/
const PROPERTY_IN = /[超过达上](?:[\d.百千十]+[万亿]?|[百千]?[万亿])元/
/** 10亿元以上: the threshold alone, for what was counted by another (亿元以上项目). */
const THRESHOLD = /^(?:新增|引进|招引|培育)?([\d.百千十]*[百千万亿]?元及?以上)$/
const THRESHOLD_IN = /(?<![\d.])\d{0,6}[百千万亿]{1,3}元及?以上/
/** 过百亿元企业: the property (营业收入过千亿元) that the part before is told by. */
const PROPERTY_NOUN = /^[超过达上](?:[\d.百千十]+[万亿]?|[百千]?[万亿])元的?([\u4e00-\u9fff]{2,6})$/

/** Gives a part the noun that the parts before it named and it leaves out. */
export const elidedNoun: Refiner = {
  name: 'elided-noun',
  reads: ['before', 'fragment', 'indicator', 'left', 'noun', 'quantity', 'right'],
  writes: ['indicator'],
  run: (view) => {
    let counted: Draft | null = null
    let rated: Draft | null = null
    const drafts = standing(view)
    for (const [index, draft] of drafts.entries()) {
      if (rated === null || !rateOfPart(view, draft, rated)) rated = RATE.test(draft.indicator) ? draft : null
      if (counted === null) costOfNext(draft, drafts[index + 1])
      const own = draft.indicator.slice(leadingVerb(draft.indicator).length)
      if (counted && draft.fragment - counted.fragment <= 2) {
        if (isRest(view, draft) && draft.quantity.unit === counted.quantity.unit) set(draft, counted.indicator)
        else fill(draft, own, counted)
      }
      shareOfCounted(view, draft, counted)
      const filled = draft.indicator.slice(leadingVerb(draft.indicator).length)
      // 其中城镇2万户、农村7万户: both are parts of what was counted before them.
      const part =
        counted !== null && (isLevel(own) || REPAIR.test(own)) && filled.includes(own) && filled.length > own.length
      if (
        (draft.quantity.kind === 'counter' || THRESHOLD_IN.test(filled)) &&
        (filled.length > 2 || CAPACITY.test(filled)) &&
        !part
      )
        counted = draft
    }
  },
}

/** 完成水库加固4座,其余9座力争年底前完工: the rest of what was counted. */
const isRest = (view: SentenceView, draft: Draft): boolean =>
  draft.quantity.kind === 'counter' &&
  /^,?(?:其余|其他|剩余|余下)的?$/.test(
    view.text.slice(view.fragments[draft.fragment]?.start ?? draft.left.start, draft.quantity.start),
  )

/** A rate, with what a bracket says of it. */
const RATE = /(?:率|比例|比重|占比)(?:\([^()]{1,30}\))?$/
/** Of a place, a basin, a kind of area: what a rate is told of again. */
const OF_PLACE = /(?:[省市县区州盟旗镇乡村]|流域|地区|片区|区域|水系|河段)$/
const WHOLE = /^(?:全[国省市县区州盟旗]|我[省市县区])/

/** 全市优良率为81%，其中甲河流域80%、乙河流域100%: the rate of a part. Whether it is one. */
function rateOfPart(view: SentenceView, draft: Draft, rated: Draft): boolean {
  const fragment = view.fragments[draft.fragment]
  if (draft.quantity.kind !== 'percent' || draft.fragment - rated.fragment > 1 || !fragment) return false
  if (!/^其中/.test(view.text.slice(fragment.start, fragment.end)) || draft.right.start !== draft.right.end)
    return false
  if (!OF_PLACE.test(draft.indicator) && !isLevel(draft.indicator)) return false
  set(draft, draft.indicator + rated.indicator.replace(WHOLE, ''))
  return true
}

/** 「全年计划投资3亿元，实施交通重点项目9个」: the sum is what the projects counted next are to cost. */
function costOfNext(draft: Draft, next: Draft | undefined): void {
  if (
    !next ||
    !SUM.test(draft.indicator) ||
    draft.quantity.kind !== 'money' ||
    next.quantity.kind !== 'counter' ||
    next.fragment - draft.fragment !== 1
  )
    return
  const name = next.indicator.slice(leadingVerb(next.indicator).length)
  if (/(?:项目|工程)$/.test(name)) set(draft, name + (draft.indicator === '投资' ? '计划投资' : draft.indicator))
}
/** 「筹集保障房3000套，其中租赁型占60%」: a share of what was counted before it; of nothing named, a 占比. */
function shareOfCounted(view: SentenceView, draft: Draft, counted: Draft | null): void {
  if (draft.quantity.kind !== 'percent' || !/占$/.test(draft.before?.comparator.word ?? '')) return
  if (/占|比重|比例/.test(draft.indicator) || draft.noun !== '') return
  const fragment = view.fragments[draft.fragment]
  const part = fragment !== undefined && /^其中/.test(view.text.slice(fragment.start, fragment.end))
  const whole = part && counted ? counted.indicator.slice(leadingVerb(counted.indicator).length) : ''
  set(draft, `${draft.indicator}${whole.length >= 2 && whole.length <= 16 ? `占${whole}比例` : '占比'}`)
}
const SUM = /^(?:计划|完成|预计|总|年度)*投资$/

function fill(draft: Draft, own: string, counted: Draft): void {
  const verb = leadingVerb(counted.indicator)
  const noun = counted.indicator.slice(verb.length)
  const named = draft.indicator.slice(0, draft.indicator.length - own.length)
  const behindLevel = /级(?:及?以上)?$|以上$/.test(own) ? nounBehindLevel(noun) : ''
  const property = PROPERTY.exec(draft.indicator)
  const known = property ? PROPERTY_IN.exec(counted.indicator) : null
  const threshold = THRESHOLD.exec(draft.indicator)
  const told = PROPERTY_NOUN.exec(draft.indicator)
  const toldBy = told ? PROPERTY_IN.exec(counted.indicator) : null
  if (threshold)
    set(
      draft,
      THRESHOLD_IN.test(counted.indicator)
        ? counted.indicator.replace(THRESHOLD_IN, threshold[1] as string)
        : verb + (threshold[1] as string) + noun,
    )
  else if (told && toldBy && toldBy.index > 0 && counted.indicator.endsWith(told[1] as string))
    set(draft, counted.indicator.slice(0, toldBy.index) + draft.indicator)
  else if (
    /^(?:其中)?(?:平均)?每.{1,10}$/.test(draft.indicator) &&
    counted.noun !== '' &&
    draft.noun === '' &&
    draft.quantity.unit === counted.quantity.unit
  )
    set(draft, draft.indicator + counted.noun)
  // 新增学位5000个，其中幼儿园400个: places for so many, of the kind named.
  else if (CAPACITY.test(noun) && !own.endsWith(CAPACITY.exec(noun)?.[0] ?? '') && isPartOfCapacity(draft, counted))
    set(draft, verb + own + (CAPACITY.exec(noun)?.[0] ?? ''))
  else if (
    isLevel(own) &&
    !/级/.test(noun) &&
    !(SCHOOL.test(own) && /[园校学]$/.test(noun)) &&
    draft.right.start === draft.right.end
  )
    set(draft, named + own + noun)
  else if (
    REPAIR.test(own) &&
    /(?:改造|安置|建设|工程)$/.test(noun) &&
    draft.right.start === draft.right.end &&
    draft.quantity.unit === counted.quantity.unit
  )
    set(draft, named + noun + own)
  else if (behindLevel !== '') set(draft, draft.indicator + behindLevel)
  else if (property && known)
    set(
      draft,
      counted.indicator.slice(0, known.index) +
        (property[1] as string) +
        counted.indicator.slice(known.index + known[0].length),
    )
  else if (GENERIC.test(own) && noun.endsWith(own) && noun !== own) set(draft, named + noun)
  else if (AMOUNT_OF.test(draft.indicator)) set(draft, noun + draft.indicator)
  else if (verb !== '' && SIZE_OF.test(own) && draft.quantity.kind !== 'percent') set(draft, counted.indicator + own)
  else if (
    named !== '' &&
    draft.quantity.kind === 'counter' &&
    draft.right.start === draft.right.end &&
    splitNames(own).length === draft.quantity.value &&
    /(?:项目|工程)$/.test(noun)
  )
    set(draft, named + noun)
}

const CAPACITY = /(?:学位|床位|车位|泊位|工位|座位)$/
/** 小学 and 高中 are schools, not the level of one. */
const SCHOOL = /^(?:小学|初中|高中|中职|高职)$/
const isPartOfCapacity = (draft: Draft, counted: Draft): boolean =>
  draft.quantity.unit === counted.quantity.unit &&
  draft.before === null &&
  draft.right.start === draft.right.end &&
  Number(draft.quantity.value) < Number(counted.quantity.value)

/** A级以上物流企业 → 物流企业; empty where the name has no level. */
function nounBehindLevel(name: string): string {
  const at = name.lastIndexOf('级')
  if (at < 0) return ''
  const noun = name.slice(at + 1).replace(/^及?以上/, '')
  return noun.length >= 2 ? noun : ''
}

function set(draft: Draft, indicator: string): void {
  doubt(draft, 'indicator', 'name-shared')
  draft.indicator = indicator
  if (draft.reasons.indicator) draft.reasons.indicator.rule = 'elided-noun'
}
