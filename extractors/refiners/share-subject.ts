import type { Draft, Refiner, SentenceView } from './draft.ts'
import { doubt, standing } from './draft.ts'
import { isBareMeasure, isBareNoun, isMeasure, ownerOf, perHeadOf, tailOf } from './list-names.ts'
import { withoutRate } from './indicator.ts'
import { firstVerb, isNear, leadingVerb, stripClosing, stripOpening, withoutTimes } from './words.ts'

/** 「孵化器达到6家，今年新增2家」: a verb without its object. */
const ONLY_VERB =
  /^(?:累计|每年|年均)?(?:新增|净增|新建|新建成|完成|建成|新开工|竣工|投产|增加|续建|改建|扩建|改扩建|改造|改造提升|提质改造|维修改造)$/
/** The same, where the thing before it is counted in the same unit: 开工建设165个, 竣工80个. */
const STAGE_OF_COUNTED =
  /^(?:累计|已|全部)?(?:完工|建成通车|建成投产|竣工交付|开工建设|启动建设|启动实施|启动|动工|开建|开工|竣工投产|竣工验收|建成投用|基本建成|全面建成|投产达效|交付|交付使用|交付入住|投用|投入使用|投运|通车|封顶|新改建|拆除|更新|更换|关停|销号|验收|通过验收|签约|落地|入驻|创成|获批|认定|达标)$/
const BARE_GROWTH = /^(?:年均|平均|同比)?(?:增速|增长率|增幅|增长|降幅|增长速度)$/
/** 粮食播种面积80万亩、产量30万吨: the crop is that of the area. */
const AREA = /^(?:全年|稳定|扩大|落实)?(.{2,8}?)[年总]?(?:播种|种植|养殖)?面积$/
/** 实施养老护理员培训计划，每年培训2万人: a verb whose object is the plan before it. */
const ACT_ALONE = /^(?:每年|累计|年均)?(培训|培养|培育|引进|资助|扶持|救助|帮扶|改造)$/
/** 占…的比重, 在…中的占比, 较…: a predicate whose subject stands before the comma. */
const SUBJECTLESS = /^(?:占|对.{2,14}(?:贡献率|拉动率|拉动)|在.{1,20}(?:中的?)?(?:占比|比重|比例))/
/** 「村卫生室覆盖率平原地区达到95%，山区达到85%」: the place stands behind the indicator. */
const INDICATOR_THEN_PLACE = /^(.{3,30}?(?:[率数量]|比例|比重|占比|面积|收入|产值))(.{2,8})$/
const PLACE =
  /(?:小学|初中|高中|中职|高职|幼儿园|阶段|男性|女性|教师|学生|地区|[省市县区乡镇村州盟旗山]|平原|丘陵|城镇|农村|城市|街道|园区|片区|流域)\)?$/

/** Gives a number without a subject of its own the one that the words before it leave standing. */
export const shareSubject: Refiner = {
  name: 'share-subject',
  reads: [
    'before',
    'dealtFrom',
    'elidedObject',
    'fragment',
    'inList',
    'indicator',
    'left',
    'measure',
    'quantity',
    'right',
    'subject',
    'verb',
  ],
  writes: ['elidedObject', 'indicator', 'subject', 'verb'],
  run: (view) => {
    let previous: Draft | null = null
    let counted: Draft | null = null
    for (const draft of standing(view)) {
      if (draft.indicator === '' || isShareDone(draft, previous)) fill(view, draft, previous)
      else if (previous && isOnlyVerb(draft, counted ?? previous) && draft.right.end === draft.right.start)
        onlyVerb(draft, previous, counted)
      else if (ACT_ALONE.test(draft.indicator) && draft.right.end === draft.right.start) objectOfPlan(view, draft)
      else if (SUBJECTLESS.test(draft.indicator))
        prefix(draft, subjectBefore(view, draft, previous), 'share-subject/share-of')
      else if (
        (isBareMeasure(draft.indicator) || BARE_GROWTH.test(draft.indicator)) &&
        draft.right.end === draft.right.start
      )
        bareTail(view, draft, previous)
      else if (rateBefore(view, draft) !== '') suffix(draft, rateBefore(view, draft))
      else if (!takesOwner(view, draft, previous) && previous) goesOn(view, draft, previous)
      previous = draft
      if (draft.quantity.kind === 'counter' && draft.indicator.length > 4 && !ONLY_VERB.test(draft.indicator))
        counted = draft
    }
  },
}

const owner = (subject: string, rule: string) => subject !== '' && { subject, rule: `share-subject/${rule}` }

/** Whether a rate or measure has been given the owner that stands beside it: whom an act is done to, whose rates are told. */
function takesOwner(view: SentenceView, draft: Draft, previous: Draft | null): boolean {
  const found =
    owner(patientOfAct(view, draft, previous), 'rate-of-act') ||
    (previous && owner(ownerOfRate(draft, previous), 'owner-of-rate')) ||
    (previous && isNear(view, previous.fragment, draft.fragment) && owner(overlapHead(draft, previous), 'overlap')) ||
    owner(overlapBefore(view, draft), 'overlap-before')
  if (!found) return false
  prefix(draft, found.subject, found.rule)
  return true
}

/** What the number before tells goes on: per how many, words that this one ends with, what is measured in another place. */
function goesOn(view: SentenceView, draft: Draft, previous: Draft): void {
  if (isPerHead(view, draft, previous)) prefix(draft, perHeadOf(previous.indicator), 'share-subject/per-head')
  else if (isTailOf(draft, previous))
    prefix(draft, previous.indicator.slice(0, -draft.indicator.length), 'share-subject/repeated-tail')
  else sharePlace(draft, previous)
}

/** 「对老旧院落实施改造，年底前完成80%」: so much of what the part before says is done. */
const isShareDone = (draft: Draft, previous: Draft | null): boolean =>
  draft.quantity.kind === 'percent' &&
  /^(?:全面)?完成$/.test(draft.indicator) &&
  draft.right.end === draft.right.start &&
  (previous === null || draft.fragment - previous.fragment > 1)

const isOnlyVerb = (draft: Draft, counted: Draft): boolean =>
  ONLY_VERB.test(draft.indicator) ||
  (STAGE_OF_COUNTED.test(draft.indicator) &&
    draft.quantity.unit === counted.quantity.unit &&
    draft.fragment - counted.fragment <= 2)

/** 其中新开工150个: the object is what was counted last, a sum between them (完成投资680亿元) is not. */
function onlyVerb(draft: Draft, previous: Draft, counted: Draft | null): void {
  const of = draft.quantity.kind === 'counter' && previous.quantity.kind !== 'counter' && counted ? counted : previous
  const verb = leadingVerb(of.indicator)
  if (verb !== '' && verb === draft.indicator) {
    prefix(draft, '', '')
    draft.indicator = of.indicator
    draft.subject = of.subject
    return
  }
  const object = objectOf(of)
  // 棚户区改造开工5000套、基本建成3000套: the verb of the first number is not that of the second.
  const own =
    draft.quantity.unit === of.quantity.unit
      ? object.replace(/(?<=.{3})(?:基本|全面|累计)?(?:开工|竣工|开建|建成|完工|新开工)$/, '')
      : object
  prefix(draft, own, 'share-subject/only-verb')
  draft.elidedObject = true
}

/** 「每千人口医师数3.2人、护士数3.8人」: counts of people and beds in a row are all by the same head. */
function isPerHead(view: SentenceView, draft: Draft, previous: Draft): boolean {
  if (
    perHeadOf(previous.indicator) === '' ||
    /^(?:每|人均|其中)/.test(draft.indicator) ||
    draft.quantity.kind !== 'counter' ||
    (draft.verb !== '' && !draft.indicator.endsWith('数'))
  )
    return false
  const value = [draft.quantity.value].flat()[0] as number
  const near =
    draft.fragment === previous.fragment
      ? draft.quantity.unit === previous.quantity.unit
      : isNear(view, previous.fragment, draft.fragment) && /数$|医师|护士|床位|药师/.test(draft.indicator)
  return near && value < 100
}

/** What the number before is about, without its verb: 建设任务5万亩，其中新建3万亩、改造2万亩. */
function objectOf(previous: Draft): string {
  if (previous.elidedObject) return previous.subject
  return withoutRate(previous.indicator)
    .slice(leadingVerb(previous.indicator).length)
    .replace(/(?:建设)?任务$/, '')
}

const RATE_OF_ACT = /^(?:健康|免费)?([\u4e00-\u9fff]{2})(?:覆盖|完成|达标|合格)?率$/
/** What stands between those to whom something is done and the verb, and before them. */
const DOES_TO = /^(?:每[年两]年?|[对为给将的]|组织|开展|推进|实施|做好|完成|加强|深化|落实|抓好|全面|免费|定期){1,4}/
const DOES = /(?:进行|开展|实施|[一两]次|健康|免费|全面|定期|集中|组织|实行|做好|规范|统一|的){1,4}$/

/** 「为老年人免费体检，体检率达到70%」, 「筛查适龄妇女5万人，筛查率达到80%」: to whom the act of the part before is done. */
function patientOfAct(view: SentenceView, draft: Draft, previous: Draft | null): string {
  const act = RATE_OF_ACT.exec(draft.indicator)?.[1]
  if (act === undefined || draft.right.end !== draft.right.start || draft.fragment === 0) return ''
  const beside = previous && draft.fragment - previous.fragment <= 1 ? previous.indicator : ''
  if (beside.startsWith(act) && beside.length <= 16) return beside.slice(act.length)
  const words = fragmentBefore(view, draft)
  const at = words.lastIndexOf(act)
  if (at < 2) return ''
  const patient = stripOpening(words.slice(0, at).replace(DOES_TO, '')).replace(DOES, '')
  // 查处超限车辆,超限率控制在2%以内: a verb is nobody.
  if (leadingVerb(patient) === patient) return ''
  return patient.length >= 2 && patient.length <= 16 && !/[、,]/.test(patient) ? patient : ''
}

/** 「学前教育毛入园率达到88%、普惠率达到85%」: a rate of two characters goes on with the owner of the rate it is joined to. */
function ownerOfRate(draft: Draft, previous: Draft): string {
  if (!draft.inList || draft.dealtFrom !== null || draft.fragment !== previous.fragment) return ''
  if (draft.right.end !== draft.right.start) return ''
  if (!/^[\u4e00-\u9fff]{2}率$/.test(draft.indicator) || /失业率|死亡率|就业率|出生率|化率/.test(draft.indicator))
    return ''
  const owner = /率$/.test(previous.indicator) ? ownerOf(previous.indicator) : ''
  return owner.length >= 2 && owner.length <= 12 ? owner : ''
}

/** 「固废年利用量达到40亿吨；到2030年，年利用量达到45亿吨」: the end of the same name. */
const isTailOf = (draft: Draft, previous: Draft): boolean =>
  draft.indicator.length >= 3 &&
  draft.verb === '' &&
  draft.right.start === draft.right.end &&
  previous.indicator.length > draft.indicator.length &&
  previous.indicator.endsWith(draft.indicator)

function objectOfPlan(view: SentenceView, draft: Draft): void {
  const act = ACT_ALONE.exec(draft.indicator)?.[1] as string
  const plan = fragmentBefore(view, draft)
  const object = /^(?:继续)?(?:实施|开展|组织|推进|启动|落实)“?(.{2,20}?)”?(?:计划|工程|行动|项目|活动)$/.exec(
    plan,
  )?.[1]
  if (!object || !object.endsWith(act) || object === act) return
  draft.indicator = object
  draft.subject = object
  if (draft.reasons.indicator) draft.reasons.indicator.rule = 'share-subject/plan'
}

/** No words of its own: those of the number before (21个、396公里), or of the fragment before (…，力争达到90%). */
function fill(view: SentenceView, draft: Draft, previous: Draft | null): void {
  if (previous && previous.indicator !== '' && isNear(view, previous.fragment, draft.fragment)) {
    draft.indicator = draft.measure === 'growth' ? previous.indicator : withoutRate(previous.indicator)
    draft.verb = previous.verb
    draft.subject = previous.subject
    draft.reasons.indicator = {
      range: { start: previous.left.start, end: previous.left.end },
      rule: 'share-subject/same',
    }
    return
  }
  const words = fragmentBefore(view, draft)
  if (words === '') return
  const name = isShareDone(draft, null) ? words.replace(/^对/, '') : words
  draft.indicator = name
  draft.subject = name
  doubt(draft, 'indicator', 'name-of-part-before')
  draft.reasons.indicator = { range: view.fragments[draft.fragment - 1] ?? null, rule: 'share-subject/fragment-before' }
}

const EVENT = /^(?:举办|召开|举行|承办|出台|制定|印发|编制)/

/** 「推进灌区改造，配套率100%」: a noun like 配套率 alone needs to be told of what. */
function bareTail(view: SentenceView, draft: Draft, previous: Draft | null): void {
  const near = previous !== null && draft.fragment - previous.fragment <= 1
  const same = near ? previous.indicator : fragmentBefore(view, draft)
  // 举办产业对接会,产值达到260亿元: an event is not what is measured.
  if (!near && EVENT.test(same)) return
  // 改造农田3万亩,单产提高2%: so much an area yields, of no field in particular.
  if (draft.indicator === '单产' && !AREA.test(same)) return
  const beside = near && (draft.fragment === previous.fragment || /^[年总]/.test(draft.indicator))
  // 综合产值 behind another number of its own subject is told of what by neither: only 年产量 and 总产量 go on with it.
  if (near && !beside && !isBareNoun(draft.indicator) && !BARE_GROWTH.test(draft.indicator)) return
  const crop = /产$|产量$|自给率$/.test(draft.indicator) ? AREA.exec(same)?.[1] : undefined
  if (crop) return prefix(draft, withoutGround(crop), 'share-subject/bare-tail')
  // 「森林覆盖率43%、蓄积量5亿立方米」, 「茶叶总面积100万亩，年产量5万吨」: what the measure named just before is a measure of.
  const owner = beside && !BARE_GROWTH.test(draft.indicator) ? ownerOf(nameOf(previous)) : ''
  if (owner.length >= 2 && owner.length <= 20 && !owner.includes('占'))
    return prefix(draft, /产$|产量$/.test(draft.indicator) ? withoutGround(owner) : owner, 'share-subject/head-beside')
  const industry = BUSINESS.test(draft.indicator) ? industryBefore(view, draft) : ''
  if (industry !== '') return prefix(draft, industry, 'share-subject/industry')
  const words = same
    .slice(leadingVerb(same).length)
    .replace(/^[^等、]*、[^等]*等(?=[\u4e00-\u9fff]{2,8}$)/, '')
    .replace(/(?:更新|升级|扩容|提标)?(?:改造|建设|治理|整治|修复|制度|机制)$/, '')
  if (words.length >= 2 && words.length <= 30 && (!isMeasure(words) || BARE_GROWTH.test(draft.indicator)))
    prefix(draft, words, 'share-subject/bare-tail')
}

const BUSINESS = /(?:产值|收入|营收|增加值|规模)$/
const INDUSTRY =
  /^(?:加快|大力|积极|着力|重点)?(?:发展|培育|壮大|做强|做大做强|培育壮大|提升|振兴)([^、,的]{2,14}产业)(?:发展)?$/

/** 「发展智能家居产业，引进企业5家，实现产值90亿元」: the industry that the sentence began with. */
function industryBefore(view: SentenceView, draft: Draft): string {
  for (let index = draft.fragment - 1; index >= 0; index--) {
    const fragment = view.fragments[index]
    if (!fragment || fragment.mark === ';') return ''
    const found = INDUSTRY.exec(stripOpening(withoutTimes(view, fragment)))
    if (found) return found[1] as string
  }
  return ''
}

/** 梨园, 茶叶基地: of what grows there, not of the ground, so much is produced. */
const withoutGround = (owner: string): string => owner.replace(/(?<=.)(?:园|基地|田)$/, '')

/** The indicator without the verb that opens it. */
const nameOf = (draft: Draft): string => draft.indicator.slice(leadingVerb(draft.indicator).length)

/** 「研发经费投入增长9%，投入强度2.5%」: a short name that begins with a word of the name before is about the same. */
function overlapHead(draft: Draft, previous: Draft): string {
  const own = draft.indicator
  if (own.length < 3 || own.length > 5 || !isMeasure(own) || draft.right.end !== draft.right.start) return ''
  const name = previous.indicator.slice(leadingVerb(previous.indicator).length)
  const at = name.lastIndexOf(own.slice(0, 2))
  return at >= 2 && at <= 12 && !name.includes(own) && !/[的占、元]|以上/.test(name.slice(0, at))
    ? name.slice(0, at)
    : ''
}

/** 「开展企业遗留问题整改，问题解决率达到90%」: a measure that begins with a word of the part before is about the same. */
function overlapBefore(view: SentenceView, draft: Draft): string {
  const own = draft.indicator
  if (own.length < 4 || own.length > 10 || !isMeasure(own) || draft.right.end !== draft.right.start) return ''
  if (standing(view).some(({ fragment }) => fragment === draft.fragment - 1)) return ''
  const words = withoutVerbs(fragmentBefore(view, draft))
  const at = words.lastIndexOf(own.slice(0, 2))
  const head = words.slice(0, at)
  // 甲矿天然气、乙矿煤层气等开发: one of several, which do not own what all come to.
  if (/[、等]/.test(words.slice(at))) return ''
  return at >= 2 && at <= 16 && !words.includes(own) && !/[、,的和及与“”]|^一[批些]/.test(head) ? head : ''
}

/** The words behind the verbs and adverbs that open a part. */
function withoutVerbs(words: string): string {
  let rest = words
  for (;;) {
    const next = stripOpening(
      rest
        .slice(leadingVerb(rest).length)
        .replace(
          /^(?:加强|加快|强化|深化|全面|深入|扎实|做好|抓好|守牢|守住|筑牢|夯实|兜牢|织密|稳住|扛稳|压实|用好|管好)/,
          '',
        ),
    )
    if (next === rest || next.length < 2) return rest
    rest = next
  }
}

function fragmentBefore(view: SentenceView, draft: Draft): string {
  const fragment = view.fragments[draft.fragment - 1]
  if (!fragment || !/[,;:]/.test(fragment.mark)) return ''
  const whole = stripClosing(stripOpening(withoutTimes(view, fragment)))
  const predicate = whole.search(/确保|力争|争取|完成|达到|保持|实现|得到|持续|进一步/)
  const words = predicate >= 3 ? whole.slice(0, predicate) : whole
  return words.length <= 40 ? words : ''
}

function subjectBefore(view: SentenceView, draft: Draft, previous: Draft | null): string {
  if (previous && draft.fragment - previous.fragment <= 1) {
    const share = previous.indicator.search(/占|在.{1,20}中的?占比/)
    return share > 0 ? previous.indicator.slice(0, share) : withoutRate(previous.subject || previous.indicator)
  }
  return fragmentBefore(view, draft)
}

function suffix(draft: Draft, measure: string): void {
  draft.indicator += measure
  if (draft.reasons.indicator) draft.reasons.indicator.rule = 'share-subject/rate-before'
}

function prefix(draft: Draft, subject: string, rule: string): void {
  if (subject === '') return
  doubt(draft, 'indicator', 'name-shared')
  draft.subject = subject
  draft.indicator = subject + draft.indicator
  if (draft.reasons.indicator) draft.reasons.indicator.rule = rule
}

/** 「设计阶段执行率保持100%，施工阶段达到97%」: a subject without a measure has that of a subject of the same noun. */
function sharePredicate(draft: Draft, previous: Draft): boolean {
  if (
    draft.indicator.length < 3 ||
    draft.quantity.unit !== previous.quantity.unit ||
    isMeasure(draft.indicator) ||
    draft.right.end !== draft.right.start
  )
    return false
  const noun = draft.indicator.slice(-2)
  const at = previous.indicator.lastIndexOf(noun)
  const rest = at < 1 ? '' : previous.indicator.slice(at + 2)
  if (rest.length < 3 || !isMeasure(rest) || /^[的、和]/.test(rest)) return false
  draft.indicator += rest
  if (draft.reasons.indicator) draft.reasons.indicator.rule = 'share-subject/predicate'
  return true
}

/** 「机收损失率小麦控制在2%、玉米控制在3%」: short names side by side, each with a comparator of its own. */
const isOfSameKind = (draft: Draft, previous: Draft, name: string): boolean =>
  draft.fragment === previous.fragment &&
  draft.quantity.unit === previous.quantity.unit &&
  draft.before?.comparator.verb === true &&
  name.length <= 4 &&
  draft.indicator.length <= 4

/** 「师生空间开通率，教师达到90%、学生达到60%」: a rate named before the comma is that of the groups behind it. */
function rateBefore(view: SentenceView, draft: Draft): string {
  if (
    draft.before === null ||
    !draft.before.comparator.verb ||
    draft.quantity.kind !== 'percent' ||
    tailOf(draft.indicator) !== '' ||
    draft.indicator.length > 12
  )
    return ''
  const fragment = view.fragments[draft.fragment - 1]
  if (!fragment || fragment.mark !== ',' || standing(view).some((other) => other.fragment === draft.fragment - 1))
    return ''
  const words = stripClosing(stripOpening(withoutTimes(view, fragment)))
  return /(?:率|比例|比重|占比)$/.test(words) && words.length <= 30 ? words : ''
}

/** 农村, 东部地区: a place and nothing else. */
const PLACE_ALONE =
  /^(?:城镇|城市|城区|农村|乡村|县城|[东中西]部(?:地区)?|[山川坝]区|平原(?:地区)?|丘陵(?:地区)?|山区(?:地区)?|县级|市级|乡镇|主城区|中心城区|建制镇|重点镇|小学|初中|高中|城镇地区|农村地区)$/

/** 「入园率达到85%，东部地区达到95%」: what is measured in the place, told by the number before; empty where it measures nothing. */
function measureOf({ indicator, subject }: Draft): string {
  if (!isMeasure(indicator)) return ''
  if (subject !== '' && subject !== indicator && indicator.endsWith(subject)) return subject
  return indicator.replace(/^(?:城镇|城市|城区|农村|乡村|县城|[东中西]部地区|山区|平原|小学|初中|高中)(?=.{3})/, '')
}

function sharePlace(draft: Draft, previous: Draft): void {
  if (
    draft.before === null ||
    draft.quantity.kind !== previous.quantity.kind ||
    draft.before.comparator.word === '实现'
  )
    return
  if (draft.before.comparator.verb && sharePredicate(draft, previous)) return
  if (draft.indicator.length > 12 || isMeasure(draft.indicator)) return
  const inner = INDICATOR_THEN_PLACE.exec(previous.subject)
  if (inner && (PLACE.test(inner[2] as string) || isOfSameKind(draft, previous, inner[2] as string))) {
    draft.indicator += inner[1] as string
  } else {
    const at = PLACE.test(draft.indicator) ? firstVerb(previous.indicator) : 0
    const measure = at <= 0 && PLACE_ALONE.test(draft.indicator) ? measureOf(previous) : ''
    if (at <= 0 && measure === '') return
    draft.subject = measure
    draft.indicator += measure || previous.indicator.slice(at)
  }
  if (draft.reasons.indicator) draft.reasons.indicator.rule = 'share-subject/place'
}
