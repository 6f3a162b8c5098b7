import { comparatorOfShare } from '../../parsers/comparator.ts'
import { AIM, GROWTH_BEFORE_AIM, VERBS_OF_CHANGE } from '../../lexicon/changes.ts'
import { isPlaceName, openingPlace, PROVINCES } from '../../lexicon/places.ts'
import { anyOf } from '../../parsers/word-finder.ts'
import { actorsAt } from '../actors.ts'
import type { Draft, SentenceView } from '../draft.ts'
import { firstVerb, leadingVerb, trailingVerb, trailingVerbs } from '../verb-words.ts'
import { stripClosing, stripOpening, withoutTimes } from '../words.ts'
import { FOOTNOTE } from './words-behind.ts'

/** Verbs that only move a rate or cover (推进…全覆盖, 提高…率): left out where the number is a share or has a comparator verb. */
const MOVING = /^(?:推进|推动|提升|提高|加快|巩固|促进|加强|增强|实现|扩大|优化|降低|完善|深化)+/
const CHANGE_BEHIND = new RegExp(
  `(?:同比|年均|平均|累计|每年|逐年|实际|名义){0,3}(?:${anyOf(VERBS_OF_CHANGE)}|提速|改善|[增降]幅|(?:下降|增长)(?:幅度|比例))$`,
)
/** 货币供应量增长**预期目标是在…的基础上**: that it is aimed at, and on what ground, behind the change. */
const GOAL_OF_GROWTH = new RegExp(
  `(?<=[\\u4e00-\\u9fff]{2}${GROWTH_BEFORE_AIM})${AIM}[是为]?(?:在[^,;。]{2,24}(?:基础上|前提下)(?:年均|平均)?增长)?$`,
)
/** 经济年均增长**保持在**6%以上, 经济增长**目标**: what grows is named with its growth, unlike 经济**增长**6%. */
const ECONOMY = /^(?:国民|全[国省市区县州盟旗])?经济(?:年均|平均)?增长$/
const ECONOMIC_GROWTH = '经济增长'
/** A comparison with a time that has no date of its own: 较年初, 同比, 比上年同期. */
const COMPARED = /(?:同比|环比|[比较](?:年初|上年|去年|上年同期|去年同期|基期|期初|同期))$/
/** Adverbial openings that a delivery verb follows: 依托…建成, 通过…引进. */
const ADVERBIAL = /^(?:依托|通过|利用|围绕|按照|采取|采用|根据|结合|面向|针对|立足|瞄准|聚焦|发挥|以(?=.{1,20}为))/
/** 5年内 in a document without a date, 三年累计: how long, not what. */
const YEARS_OPENING =
  /^[一二两三四五六七八九十\d]{1,2}年(?:(?:内|累计)+|(?=新增|完成|新建|培育|培训|建设|改造|实现|投入))|^年(?=培训|培养|引进|新增|处理|接待|服务)(?!.{2,6}[量力])/
/** 市、区(县级市)两级: every level does it. */
const LEVELS_OPENING = /^[省市县区乡镇村、()级]{2,12}[两三]级(?=[\u4e00-\u9fff]{2})/
/** Four-character epithets in a row: 布局合理、设施完善、管理规范的. */
const EPITHETS = /(?:[^、的]{4}、){2,8}[^、的]{4}的/

/** 重点实施, 全面完成: with what stress, not what. */
const MANNER = /^(?:重点|全面|积极|大力|集中|优先|统筹|率先|主动|精心|继续|认真)+(?=[\u4e00-\u9fff]{2})/
function withoutManner(words: string): string {
  const rest = words.replace(MANNER, '')
  return rest !== words && leadingVerb(rest) !== '' ? rest : words
}

/** 甲区、乙区、丙县等3个: where, before what is measured or counted there; alone (各12座) they have what is told before. */
function withoutPlaces(words: string, { right }: Draft): string {
  const names = words.split('、')
  let last = 0
  while (last < names.length - 1 && isPlaceName(names[last] as string)) last++
  const listed = names.slice(last).join('、')
  const place = openingPlace(listed)
  const behind = END_OF_PLACES.exec(listed.slice(place.length))
  // 建成青石镇、白水镇农村水厂等3处: what is built is named by its places.
  if (last === 0 || place === '' || !behind || leadingVerb(words) !== '') return words
  const measured = listed.slice(place.length + behind[0].length)
  return measured === '' && right.end === right.start ? words : measured
}
const END_OF_PLACES = /^等?(?:地|\d{0,2}个)?(?:$|的|(?=城市|农村))/

/** 按省定标准**新建**, 依托园区**建成**: how, before the verb with its object. */
const HOW = /^(?:按照?|依照|参照|采取|采用|通过|利用|依托|结合|围绕|根据)[^,、的]{1,16}$/
/** 为全市中小学**新增**: for whom. */
const FOR_WHOM = /^为(?=[^,的]{2,14}$)(?:全[市县区省州])?/
function withoutAdverbial(words: string): string {
  const at = firstVerb(words)
  if (at < 2 || at === words.length) return words
  const before = words.slice(0, at)
  if (HOW.test(before)) return words.slice(at)
  return FOR_WHOM.test(before) ? words.replace(FOR_WHOM, '') : words
}

/** 完成用水总量**约束性目标**: that it is to be reached is said twice. */
const GOAL_OF = /^(?:完成|实现)?([^、]{4,30})(?:约束性|预期性)(?:目标|指标|任务)$/

/** 分行业、分领域、分批次发布: how, not what. */
const SPLIT_BY =
  /(?:^|(?<=[每全]年))分[^、,的]{1,4}(?:、分[^、,的]{1,4}){0,4}(?=发布|推进|开展|实施|制定|建设|培育|培训|组织|遴选|打造)/
/** 打造集A、B、C为一体的: what a thing combines. */
const COMBINING = /(?<=^|建设|打造|培育|形成|建成|构建)集.{2,40}[为于]一体的?/
/** 在甲地区、乙地区和丙地区建设: a list of places, or a long one, before the verb. */
const PLACE_OF_ACT = /^在(?:[^,;。]*、|.{9,})/

/** (1)计划新建: the number of an item that a colon opens. */
const ITEM = /^\s*(?:\(\d{1,2}\)|\d{1,2}[.、](?=[\u4e00-\u9fff]))/
/** 完成我县新增良田, 完成本市300户: the place of who promises. */
const OF_OWN_PLACE =
  /^((?:全面|基本|确保|力争)*(?:完成|实现|新建|建设|改造|提升|推进|推动|组织|帮助|引导|支持))[我本][省市县区州旗镇乡]/
/** “50”是指新增站点: a number of a motto, explained. */
const EXPLAINED = /^[“"][^”"]{1,12}[”"](?:是指|即|指)/
/** 在广场、码头等场所新增, 在5个山区县建设: a list or a number of places before the verb says where, not what. */
const LISTS_PLACES = /[、等\d]/
/** 在本市的A、B: what 的 or a comma parts is no mere place. */
const IS_PARTED = /[,的]/
function behindPlaces(words: string): string {
  const at = words.startsWith('在') ? firstVerb(words) : -1
  const where = at > 0 && at < words.length - 2 ? words.slice(0, at) : ''
  return LISTS_PLACES.test(where) && !IS_PARTED.test(where) ? words.slice(at) : words
}

/** The words before the number that say what is measured or done, without times, actors, manner and adverbials. */
export function wordsBefore(view: SentenceView, draft: Draft): string {
  const range = behindActor(view, behindSpeaker(view, draft))
  let words = stripClosing(stripOpening(withoutTimes(view, range).replace(ITEM, '').replace(/,占/g, '占')))
  words = behindPlaces(stripOpening(words.replace(EXPLAINED, '').replace(IS_TO, '').replace(PART_BEFORE, '')))
  words = stripOpening(words.replace(YEARS_OPENING, '').replace(LEVELS_OPENING, ''))
  words = words
    .replace(FOOTNOTE, '')
    .replace(REMARK_IN, '')
    .replace(/^“(?=[^”]*$)/, '')
  words = words.replace(REACHES_NEW, '').replace(YEARLY_MEAN, '')
  if (words.endsWith('批')) words = words.replace(OF_BATCH, '')
  if (words.includes('(')) words = words.replace(EXAMPLES_IN, '')
  if (draft.frame.unit.words === '倍') words = words.replace(/[用在]?[二两三四五十\d]年(?:时间)?内?$/, '')
  const share = draft.frame.unit.kind === 'percent' && !draft.before ? comparatorOfShare(words) : null
  if (share) words = `${words.slice(0, share.at)}占${words.slice(share.at + share.word.length)}`
  if (draft.frame.unit.words !== '%' || !changesShare(words)) words = words.replace(EPITHETS, '')
  words = words
    .replace(/(?:达到|不低于|提高到|控制在)(每.{1,8})$/, '$1')
    .replace(/(?:保持|达到)?年均(?:实际|名义)?$/, '')
  words = words.replace(/(?<=.{2})(?:提前)?[一二两三四五六七八九十\d]{1,2}年$/, '')
  const aimed = words.replace(GOAL_OF_GROWTH, '')
  const isNamed = draft.before !== null || aimed !== words
  words = aimed
  if (draft.measure !== 'level')
    words =
      isNamed && ECONOMY.test(words)
        ? ECONOMIC_GROWTH
        : stripClosing(words.replace(CHANGE_BEHIND, '').replace(COMPARED, ''))
  words = words.replace(GOAL_OF, '$1').replace(OF_OWN_PLACE, '$1')
  if ((draft.before?.comparator.verb || draft.frame.unit.kind === 'percent') && !/^(?:推进|推动)?完成/.test(words))
    words = words.replace(MOVING, '').replace(MOVES_WHOLE, '')
  if (draft.quantity.form === 'full-cover') words = words.replace(/^对(?!口)(?=.{3})/, '')
  // 每年对40%以上的市督查: who does it says nothing of what is measured.
  if (draft.frame.unit.kind === 'percent' && !draft.before && /(?:^|[省市县区级年])对$/.test(words)) return ''
  words = withoutPlanner(withoutAdverbial(withoutManner(withoutPlaces(words, draft)))).replace(HANDLED, '')
  words = words.replace(SPLIT_BY, '').replace(COMBINING, '')
  const verb = trailingVerb(words)
  if (!verb) return words
  if (verb.length >= 2 && (PLACE_OF_ACT.test(words) || ADVERBIAL.test(words))) return trailingVerbs(words) as string
  // 发展年出栏2万只山羊: of two verbs in a row the one before the number says what is counted.
  const raised = /^(?:发展|打造|支持|建设)(年?[出存]栏)$/.exec(words)?.[1]
  if (raised) return raised
  // 各街（镇）至少建立: what stands between subject and verb says nothing of the thing.
  return stripClosing(words.slice(0, -verb.length)) + verb
}

const changesShare = (words: string): boolean => /率$|比例$|比重$/.test(words)

/** 建设项目(主要是房屋)审批时间: what is meant by the word before it. */
const REMARK_IN = /\((?:主要是|主要包括|包括|其中|不含|含|即|以下简称|简称|统称)[^()]{0,80}\)/g

/** 商业类企业(矿业集团、城建公司)营业收入, 水质合格率(国标GB…): which ones these are, and by what they are measured. */
const EXAMPLES_IN =
  /\((?=[^()]{6,80}\))[^()、]{2,20}(?:、[^()、]{2,20})+\)的?|\((?:国标|行标|地标|按照?|依据|参照)?(?:GB|DB|HJ|CJ)\/?T?\s?\d[^()]{0,20}\)/g

/** 完成**第二批**460个: in which turn, before what is counted. */
const OF_BATCH = /(?<=[\u4e00-\u9fff]{2})第[一二三四五六七八九十]批$/
/** **年均**利用水量: by the year is told apart from what is measured. */
const YEARLY_MEAN = /^年均(?=(?:利用|处理|供应|接待|新增|培训|开展|完成)[\u4e00-\u9fff]{2}|经济增长)/
/** 城镇**实现**新增就业: that it is reached is said by the number. */
const REACHES_NEW = /(?<=^(?:城镇|农村|城乡|全域))实现(?=新增)/

/** 《纲要》提出到2030年覆盖率达到40%: who says so stands before the time. */
const SAYS = /(?:提出|指出|明确|要求|规定|透露|表示|强调|获悉),?$/
function behindSpeaker(view: SentenceView, { left }: Draft): Draft['left'] {
  const time = view.times.find(
    ({ start, end }) => start > left.start && end < left.end && SAYS.test(view.text.slice(left.start, start)),
  )
  return time ? { start: time.end, end: left.end } : left
}

/** 有管网的村庄要确保接入率100%: who is to see to it. */
const IS_TO = /^[^,、]{2,24}(?:要|应当?|必须|须)(?:确保|保证|力争)(?=[^,]{3})/
/** 收入与产值同步、茶叶产量8万吨: a part of the list without a number ends with a predicate of its own. */
const PART_BEFORE = /^[^、]{4,30}(?:同步|持平|衔接|改善|稳定|达标|国家下达任务)、(?=[^、]{3,}$)/

/** 市水务局要完成管网改造30公里: who is to do it is no part of what is counted. */
function behindActor(view: SentenceView, left: Draft['left']): Draft['left'] {
  const actor = actorsAt(view, left.end)?.range
  if (!actor || actor.start < left.start - MOST_BEFORE_ACTOR || actor.end <= left.start || actor.end >= left.end)
    return left
  const told = TOLD_TO.exec(view.text.slice(actor.end, left.end))
  // 市财政局于5月底前落实资金: a time right behind the actor tells as well that it is to act.
  const dated = view.times.some(({ start, end }) => start === actor.end && end < left.end)
  return told || dated ? { start: actor.end + (told?.[0].length ?? 0), end: left.end } : left
}
/** Label and 由 before an actor, in characters. */
const MOST_BEFORE_ACTOR = 8
const TOLD_TO = /^(?:等(?:部门|单位)?)?(?:要(?!素)|应当?|须|必须|将把?|牵头|负责|力争|确保|计划|拟)+(?=[^,;。]{2})/

/** 青石镇计划新建: the place that plans it, before what is done. */
function withoutPlanner(words: string): string {
  const province = PROVINCE.exec(words)?.[0] ?? ''
  const place = province === '' ? openingPlace(words) : province
  const plans = place === '' ? null : PLANS.exec(words.slice(place.length))
  const rest =
    plans && (province !== '' || isPlaceName(place)) ? stripOpening(words.slice(place.length + plans[0].length)) : ''
  return leadingVerb(rest) === '' && !plans?.[0].endsWith('把') ? words : rest
}
const PLANS = /^(?:今年|全年)?(?:计划|规划|[拟将要])把?/
/** What a province is called without its level, before what it plans: 湖南将新建. */
const PROVINCE = new RegExp(`^(?:${anyOf(PROVINCES)})(?=计划|规划|[拟将要])`)
/** **把**审批时间压缩至: the object before its verb. */
const HANDLED = /^(?:[^,、]{2,10}[局委厅办府]将)?把(?=[^,]{3})/
/** 带动全县产量达到: how the measure of the whole place is moved. */
const MOVES_WHOLE = /^(?:带动|拉动|引领|助推)全[省市县区州旗镇乡](?=[^,;。]{2})/

const PLACE_FIRST = /^(?:在|城区|市区|主城区|中心城区|县城|农村|全域|园区|城乡)/
/**
 * 「**城区**新增点位350处」, 「**在集中区**建设管廊55公里」, 「为**学校**配备电脑90台」: how many characters stand before the verb where they
 * say where, or for whom; the verb is then what the next part may share. 0 where none do.
 */
export function placeBeforeVerb(view: SentenceView, draft: Draft, words: string): number {
  const at = draft.before === null && draft.frame.unit.kind !== 'percent' ? firstVerb(words) : -1
  if (at <= 0 || at > LONGEST_PLACE) return 0
  const forWhom = FOR_WHOM.test(stripOpening(view.text.slice(draft.left.start, draft.left.end)).slice(0, at + 1))
  const place = PLACE_FIRST.exec(words)?.[0] ?? ''
  return forWhom || place === '在' || place.length === at || TO_WHOM.test(words.slice(0, at)) ? at : 0
}
const LONGEST_PLACE = 12
/** 向国家**推荐**名牌产品. */
const TO_WHOM = /^向[^,、的]{1,6}$/
