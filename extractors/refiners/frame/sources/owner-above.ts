import { labelOf } from '../../../structure/labels.ts'
import type { Heading } from '../../../structure/types.ts'
import { standing } from '../../draft.ts'
import { isBareMeasure } from '../../list-names.ts'
import { leadingVerb } from '../../verb-words.ts'
import { stripOpening, withoutTimes } from '../../words.ts'
import { behindVerbs } from '../behind-verbs.ts'
import { type Frame, verbAndThing, withoutVerb } from '../frame.ts'
import { type Found, hasWordsBehind, holdsNumber, type Situation, type Source } from '../situation.ts'

/** A thing is named in so many characters; longer headings say a whole task. */
const LONGEST_OWNER = 14
const SHORTEST_OWNER = 2

/** 农村饮水安全**巩固提升工程**: what is done to the owner, not the owner. */
const ACT_BEHIND =
  /(?:(?:巩固|改造|更新|优化|整治|治理|修复)?(?:提升|提质|升级|改造|建设|治理|整治|修复|攻坚|推广|推进|保障|管理)?(?:工程|行动|计划|工作|任务|项目|专项|活动)|(?:更新|升级)?(?:改造|建设|整治|治理|修复))$/
/** 资源化, 综合: how something is used, between the owner and the act that its rate is of. */
const MANNER_OF_ACT = /(?:资源化|无害化|规范化|规模化|综合|有效|集中|循环|科学){1,3}$/

/** So much is invested, but in what: 「**某某工程**全面推进，完成投资60亿元」. */
export const workOfInvestment: Source = (frame, situation) => {
  if (hasWordsBehind(situation.draft) || !INVESTMENT.test(frame.name)) return null
  const owner = workBefore(situation)
  return owner === '' ? null : { ...above('part-before', 'work'), slots: { owner } }
}

/** 新建公路30公里，**养护**600公里: of the work that an earlier part names, 「实施**公路**建设项目」. */
export const workOfVerb: Source = (frame, situation) =>
  isOwnerless(frame, situation) ? ownedBy(frame, 'part-before', 'work', projectBefore(frame, situation)) : null

/** 「实施重大项目260个。上半年**开工率**达到60%」: what the sentence before counted last. */
export const countedInSentenceBefore: Source = (frame, situation) =>
  isOwnerless(frame, situation) ? ownedBy(frame, 'sentence-before', 'counted', countedBefore(frame, situation)) : null

/** 3.城市供水管网。**漏损率**控制在9%以内: the thing that the heading of its item is about. */
export const headingOfItem: Source = (frame, situation) => {
  const heading = situation.view.clause.path.at(-1)
  return heading && isOwnerless(frame, situation) ? ownedBy(frame, 'heading', 'item', ownerIn(heading)) : null
}

const above = (from: Found['from'], rule: string) => ({ from, rule, doubt: 'name-shared' }) as const

/** 每万人口, 每百户家庭: per how many, but not of what. */
const PER_HEAD_ALONE = /^每[百千万](?:名|户)?(?:常住|户籍)?(?:人口|人|老年人|老人|儿童|家庭|农户|劳动力)?(?:拥有)?$/

/** Whether a name says neither of what nor to what, so that it needs an owner. */
function isOwnerless({ name }: Frame, { draft }: Situation): boolean {
  if (hasWordsBehind(draft) || INVESTMENT.test(name)) return false
  const { kind } = draft.frame.unit
  return (
    isBareMeasure(name) ||
    (kind === 'counter' && PER_HEAD_ALONE.test(name)) ||
    (kind !== 'percent' && kind !== 'money' && isVerbs(name))
  )
}

/** 养护, 完成治理: one verb, or a verb and the act that it completes. */
function isVerbs(words: string): boolean {
  const { verb, thing: rest } = verbAndThing(words)
  return verb !== '' && (rest === '' || (COMPLETES_ACT.test(verb) && leadingVerb(rest) === rest))
}
const COMPLETES_ACT = /^(?:全面|基本|累计)?(?:完成|实施|开展|启动|推进)$/

/** 实施**农村公路**建设项目: the work that an earlier part of the sentence names. */
const PROJECT =
  /^(?:继续|重点|大力|全面|深入|扎实|持续)*(?:实施|推进|开展|启动|组织实施|组织开展)(.{2,24}?)(?:项目|工程|行动|计划)$/

/** 继续推进**安居工程**建设: what is built, where its verb says nothing more. */
const BUILT = /^(.{2,12}工程)建设$/

/** 「实施公路建设项目，新建公路30公里，养护600公里」: what the work named before is done to; where it counts a thing, that thing. */
function projectBefore({ name }: Frame, { view, draft }: Situation): string {
  // 实施数字农业工程，每年培训2万人: people are no part of the work.
  if (isBareMeasure(name) || /[人名]次?$/.test(draft.frame.unit.words)) return ''
  for (let index = draft.fragment - 1; index >= Math.max(0, draft.fragment - 3); index--) {
    const fragment = view.fragments[index]
    if (!fragment || fragment.mark === ';' || fragment.mark === '。') return ''
    const words = stripOpening(withoutTimes(view, fragment)).replace(/^[一二三四五六七八九十]{1,3}是/, '')
    const work = BUILT.exec(words)?.[1] ?? PROJECT.exec(words)?.[1]?.replace(/(?:提升|建设)$/, '') ?? ''
    if (work !== '') return isShort(work) && !/[、和及]/.test(work) ? work : ''
  }
  return ''
}

/** So much is invested, but in what? */
const INVESTMENT = /^(?:年度|计划|累计|预计)*(?:完成)?总?投资额?$/
/** 九大工程**全面有序推进**: how the work goes. */
const GOES_ON =
  /(?:全面|有序|加快|顺利|深入|扎实|稳步|持续|全部|如期){0,3}(?:推进|实施|开展|展开|启动|铺开|落地|开工建设|开工|建设)$/
const LONGEST_WORK = 24

/** The work of the part before, where no number stands in it. */
function workBefore({ view, draft }: Situation): string {
  const before = view.fragments[draft.fragment - 1]
  if (!before || before.mark !== ',' || holdsNumber(view, draft.fragment - 1)) return ''
  const words = stripOpening(withoutTimes(view, before))
  const work = behindVerbs(words).replace(GOES_ON, '')
  return work.length >= SHORTEST_OWNER && work.length <= LONGEST_WORK ? work : ''
}

function countedBefore({ name: own }: Frame, { view }: Situation): string {
  if (!/率$/.test(own) || view.earlier === null) return ''
  const last = standing(view.earlier).findLast(({ frame }) => frame.unit.kind === 'counter')
  const name = last ? withoutVerb(last.frame) : ''
  return /(?:项目|工程|企业|学校|机构|小区|村|基地|园区)$/.test(name) && isShort(name) ? name : ''
}

/** The thing that a heading is about; empty where it is about none or about a whole task. */
function ownerIn({ text }: Heading): string {
  const words = text.slice(labelOf(text)?.text.length ?? 0).replace(/\([^()]*\)$/, '')
  const owner = behindVerbs(words).replace(ACT_BEHIND, '')
  // 保障和改善民生: of two verbs the second is left, and neither names a thing
  return isShort(owner) &&
    !RANKS.test(owner) &&
    !FIELDS.test(owner) &&
    !/^[和及与并]|[、,:;\d]|目标|任务|阶段|指标|要求|原则|思想/.test(owner)
    ? owner
    : ''
}

/** 主要, 重点: what is left of 主要任务, 重点工作. */
const RANKS = /^(?:主要|重点|具体|总体|基本|年度|近期|当前|其他)+$/
/** 民生, 经济社会: the field of a part, of which nothing is counted. */
const FIELDS = /^(?:民生|经济|社会|经济社会|工作|事业|发展|改革)(?:福祉|事业|工作|发展)?$/

const isShort = (name: string): boolean => name.length >= SHORTEST_OWNER && name.length <= LONGEST_OWNER

/** The owner in its slot: 每万人口 + **全科医生**; 新建 + **农村公路**; **秸秆综合**利用 + 利用率 → 秸秆综合利用率. */
function ownedBy({ name }: Frame, from: Found['from'], rule: string, owner: string): Found | null {
  if (owner === '') return null
  if (name.startsWith('每')) return { ...above(from, rule), slots: { noun: owner } }
  if (!isBareMeasure(name)) {
    // 完成治理 of 某河综合治理: the act is said once.
    const { verb, thing: act } = verbAndThing(name)
    // 新建 under 乡道新建: the heading says the act as well, and is told before it.
    if (act === '' && owner.endsWith(verb) && owner.length > verb.length)
      return { ...above(from, rule), slots: { owner: owner.slice(0, -verb.length) } }
    const done = act !== '' && owner.endsWith(act) ? owner.slice(0, -act.length) : owner
    return { ...above(from, rule), slots: { thing: done }, moved: { measure: act } }
  }
  const act = /(..)率$/.exec(name)?.[1]
  const at = act === undefined ? -1 : owner.lastIndexOf(act)
  if (at < SHORTEST_OWNER) return { ...above(from, rule), slots: { owner } }
  const used = owner.slice(0, at)
  return { ...above(from, rule), slots: { owner: name.length > 3 ? used.replace(MANNER_OF_ACT, '') : used } }
}
