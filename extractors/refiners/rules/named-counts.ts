import { ACTS_OF_WORK, BEGUN, DONE, DONE_TO_NAMED, IN_USE, MADE } from '../../lexicon/works.ts'
import { anyOf } from '../../parsers/word-finder.ts'
import { splitNames } from '../list-names.ts'
import { firstVerb, trailingVerb } from '../verb-words.ts'
import { stripOpening } from '../words.ts'
import type { Asked } from './asked.ts'

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
/** 等12项工作: the count of things named before it, which nothing completes. */
export const isNamedCount = ({ draft, before, behind }: Asked): boolean =>
  draft.quantity.kind === 'counter' &&
  NAMED_COUNT.test(before) &&
  !COMPLETES.test(before) &&
  !COMPLETED.test(behind) &&
  !TRAINED.test(before)

/** 甲、乙、丙3个支点城市: the count of what is named one by one before it, where nothing is done to them. */
export function isCountOfNamed({ draft, before }: Asked): boolean {
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

/** 为民办10件实事: the name of the list. */
export const isLivelihood = ({ draft, behind }: Asked): boolean =>
  draft.quantity.unit === '件' && /^(?:民生)?[实大好要难]事/.test(behind.slice(0, 4))

/** 年内计划脱贫的3个村和8户: a set that a plan has chosen; whose members it is done to, not how many there are to be. */
const OF_A_SET =
  /^[对将把在]?(?:(?:20\d\d|[今本当])年|年[内度])?(?:计划|规划|拟|已经?|确定|下达|列入|纳入)[^,;、\d]{0,14}的(?:\d+[个户座处家条项][^,;、\d]{1,12}[和及与、])*$/
export const isOfASet = ({ draft, before, behind }: Asked): boolean =>
  draft.quantity.kind === 'counter' && draft.before === null && OF_A_SET.test(before) && !COMPLETED.test(behind)

/** 做好6个方面工作: under so many headings, which follow. */
export const isOfHeadings = ({ behind }: Asked): boolean =>
  /^方面(?:的?(?:重点)?(?:工作|任务|举措|内容))?$/.test(behind)

/** 对4类重点对象优先保障: a class that a rule has set up. */
export const isClass = ({ draft, behind }: Asked): boolean =>
  draft.quantity.unit === '类' && /^(?:重点|特殊|困难|低收入)?(?:对象|人群|群体|人员|家庭)/.test(behind)

/** 提出24个主要指标, 约束性指标7项: how many there are, which follow. */
export const isOfIndicators = ({ draft, before, behind }: Asked): boolean =>
  draft.quantity.kind === 'counter' &&
  (INDICATORS.test(behind) || (draft.quantity.unit === '项' && /(?:主要|核心|约束性|预期性|类)指标$/.test(before)))
const INDICATORS = /^(?:主要|核心|具体|约束性|预期性|一级|二级|监测|评价|考核)*指标(?![值数要任])/

const OF_A_DOCUMENT = /》[^,;]{0,24}$/
/** 《某某规划》确定的6项任务, 落实促进产业发展十条政策: what a document holds. */
export const isOfADocument = ({ draft, before, behind }: Asked): boolean =>
  (draft.quantity.kind !== 'percent' && OF_A_DOCUMENT.test(before)) ||
  (/^[条项]$/.test(draft.quantity.unit) &&
    draft.before === null &&
    /^(?:政策|措施|举措|意见|硬措施|具体措施|政策措施)(?![\u4e00-\u9fff]{0,6}(?:出台|制定|完成))/.test(behind) &&
    !/(?:出台|制定|推出|发布|新增|完成)[^,;。]{0,12}$/.test(before))
