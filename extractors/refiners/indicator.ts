import { comparatorOfShare } from '../parsers/comparator.ts'
import { RATE_OF_GROWTH_NOUNS, RATE_OF_REDUCTION_NOUNS } from '../lexicon/changes.ts'
import { actorsAt } from './actors.ts'
import type { Draft, Refiner, SentenceView } from './draft.ts'
import { standing } from './draft.ts'
import { isLevel, tailOf } from './list-names.ts'
import {
  firstVerb,
  leadingVerb,
  stripClosing,
  stripMarks,
  stripOpening,
  trailingVerb,
  trailingVerbs,
  withoutTimes,
} from './words.ts'

/** Verbs that only move a rate or cover (推进…全覆盖, 提高…率): left out where the number is a share or has a comparator verb. */
const MOVING = /^(?:推进|推动|提升|提高|加快|巩固|促进|加强|增强|实现|扩大|优化|降低|完善|深化)+/
const CHANGE_BEHIND =
  /(?:同比|年均|平均|累计|每年|逐年)?(?:增长|下降|提高|降低|提升|上升|减少|增加|缩减|压减|削减|递增|改善|压缩|缩短|节约|上涨|下调|精简|提速|净增|增幅|降幅|下降幅度|增长幅度|下降比例|增长比例)$/
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

/** 甲区、乙区、丙县: where, before what is measured there. */
const PLACES =
  /^(?:[\u4e00-\u9fff]{1,8}(?:新区|高新区|经开区|[市县区州旗])、){1,16}[\u4e00-\u9fff]{1,8}(?:新区|高新区|经开区|[市县区州旗])等?(?:地|\d{0,2}个)?(?=$|城市|农村|的)/

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

/** 分行业、分领域、分批次发布: how, not what. */
const SPLIT_BY =
  /(?:^|(?<=[每全]年))分[^、,的]{1,4}(?:、分[^、,的]{1,4}){0,4}(?=发布|推进|开展|实施|制定|建设|培育|培训|组织|遴选|打造)/
/** 打造集A、B、C为一体的: what a thing combines. */
const COMBINING = /(?<=^|建设|打造|培育|形成|建成|构建)集.{2,40}[为于]一体的?/
/** 在甲地区、乙地区和丙地区建设: a list of places, or a long one, before the verb. */
const PLACE_OF_ACT = /^在(?:[^,;。]*、|.{9,})/

/** 5块绿地等工程: the word for all that is listed. */
const OF_A_LIST = /等(?:项目|工程|任务|设施建设)$/

/** Builds the indicator of every draft from the words before and behind its number. */
export const indicator: Refiner = {
  name: 'indicator',
  reads: ['before', 'fragment', 'indicator', 'left', 'measure', 'quantity', 'right', 'tail'],
  writes: ['indicator', 'noun', 'subject', 'verb'],
  run: (view) => {
    const drafts = standing(view)
    for (const [index, draft] of drafts.entries()) {
      if (draft.indicator !== '') continue
      const left = leftWords(view, draft)
      const right =
        leanOn(view, rightWords(view, draft, left), draft, drafts[index + 1], drafts).replace(OF_A_LIST, '') +
        draft.tail
      const moved =
        left === '' && right.length >= 4 && draft.quantity.kind === 'counter'
          ? (/(?:推动|推进|促进|引导|支持|带动)$/.exec(view.text.slice(draft.left.start, draft.left.end))?.[0] ?? '')
          : ''
      const listed = right !== '' && /(?:[和及与、并]|以及)$/.test(view.text.slice(draft.left.start, draft.left.end))
      draft.verb = moved || leadingVerb(left) || verbBehindPlace(view, draft, left)
      draft.subject = left
      draft.noun = right
      draft.indicator = listed ? upToVerb(left) + right : moved + assemble(left, right)
      draft.reasons.indicator ??= {
        range: { start: draft.left.start, end: Math.max(draft.left.end, draft.right.end) },
        rule: right ? 'indicator/around' : 'indicator/before',
      }
    }
  },
}

const PLACE_FIRST = /^(?:在|城区|市区|主城区|中心城区|县城|农村|全域|园区|城乡)/
/** 「城区新增点位350处」, 「在集中区建设管廊55公里」, 「为学校配备电脑90台」: the verb behind a short place or those whom it is for is what the next part may share. */
function verbBehindPlace(view: SentenceView, draft: Draft, left: string): string {
  const at = draft.before === null && draft.quantity.kind !== 'percent' ? firstVerb(left) : -1
  const forWhom = FOR_WHOM.test(stripOpening(view.text.slice(draft.left.start, draft.left.end)).slice(0, at + 1))
  const place = PLACE_FIRST.exec(left)?.[0] ?? ''
  return at > 0 && at <= 12 && (forWhom || place === '在' || place.length === at) ? leadingVerb(left.slice(at)) : ''
}

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
const TOLD_TO = /^(?:等(?:部门|单位)?)?(?:要(?!素)|应当?|须|必须|牵头|负责|力争|确保)+(?=[^,;。]{2})/

function leftWords(view: SentenceView, draft: Draft): string {
  const range = behindActor(view, behindSpeaker(view, draft))
  let words = stripClosing(stripOpening(withoutTimes(view, range).replace(/,占/g, '占')))
  words = stripOpening(words.replace(IS_TO, '').replace(PART_BEFORE, ''))
  words = stripOpening(words.replace(YEARS_OPENING, '').replace(LEVELS_OPENING, ''))
  words = words
    .replace(FOOTNOTE, '')
    .replace(REMARK_IN, '')
    .replace(/^“(?=[^”]*$)/, '')
  if (draft.quantity.unit === '倍') words = words.replace(/[用在]?[二两三四五十\d]年(?:时间)?内?$/, '')
  const share = draft.quantity.kind === 'percent' && !draft.before ? comparatorOfShare(words) : null
  if (share) words = `${words.slice(0, share.at)}占${words.slice(share.at + share.word.length)}`
  if (draft.quantity.unit !== '%' || !changesShare(words)) words = words.replace(EPITHETS, '')
  words = words.replace(/(?:达到|不低于|提高到|控制在)(每.{1,8})$/, '$1').replace(/(?:保持|达到)?年均$/, '')
  words = words.replace(/(?<=.{2})[一二两三四五六七八九十\d]{1,2}年$/, '')
  if (draft.measure !== 'level') words = stripClosing(words.replace(CHANGE_BEHIND, '').replace(COMPARED, ''))
  if ((draft.before?.comparator.verb || draft.quantity.kind === 'percent') && !/^(?:推进|推动)?完成/.test(words))
    words = words.replace(MOVING, '')
  if (draft.quantity.form === 'full-cover') words = words.replace(/^对(?=.{3})/, '')
  // 每年对40%以上的市督查: who does it says nothing of what is measured.
  if (draft.quantity.kind === 'percent' && !draft.before && /(?:^|[省市县区级年])对$/.test(words)) return ''
  words = withoutAdverbial(withoutManner(words.replace(PLACES, '')))
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

/** 「完成A、B等43处C」: what is listed before the number is only named; the verb and the counted noun make the indicator. */
function withoutNamed(words: string): string {
  const verb = leadingVerb(words)
  if (verb && verb.length < words.length && /(?:等地?|等处|等县|[共和及、])$/.test(words)) return verb
  const named = words.replace(/等地?$/, '')
  if (named === words || !named.includes('、')) return named
  // 确保甲厂、乙厂等20个项目投产, 对甲村、乙村等5个村进行改造: names without a verb, or behind the one that they are the object of.
  const at = firstVerb(named)
  return at > 0 ? leadingVerb(named.slice(at)) : ''
}

/** 村庄(包括省级示范村63个): what the things counted are made up of. */
const REMARK = /\((?:包括|其中|[含即共约如]|不含|涉及|具体)[^()]{2,}\)$/

/** 建设项目(主要是房屋)审批时间: what is meant by the word before it. */
const REMARK_IN = /\((?:主要是|主要包括|包括|其中|不含|含|即|以下简称|简称|统称)[^()]{0,80}\)/g

/** “一组一员”[12]: the number of a note. */
const FOOTNOTE = /\[\d{1,3}\]/g

function rightWords(view: SentenceView, draft: Draft, left: string): string {
  let words = withoutTimes(view, draft.right)
    .replace(FOOTNOTE, '')
    .replace(/^:1(?!\d)/, '')
    .replace(/^的?集.{2,60}?[为于]一体的/, '')
  if (words === '' || /^[并且,;。、]/.test(words)) return ''
  // 设施全覆盖和稳定运行: what is covered stands before the words.
  if (draft.quantity.form === 'full-cover' && left !== '' && /^[和及与后]/.test(words)) return ''
  words = words
    .replace(/^(?:\([^)]*\))?的?(?:剩余|其余)?/, '')
    .replace(REMARK, '')
    .replace(/的([\u4e00-\u9fff]{2})任务$/, '$1')
    .replace(/的(?:目标|任务|要求|水平|标准|目标任务|规模)$/, '')
  words = upToNextAct(words)
  if (
    /^(?:目标|任务|要求|水平|标准|比例|速度|幅度|增速|增幅|以上|底线|红线|下限|上限|[\u4e00-\u9fff]{0,4}最低要求|目标任务|大关|台阶|关口)(?![\u4e00-\u9fff])/.test(
      words,
    )
  )
    return ''
  // 滚动开放不少于50个场景: what no list knows as a verb is one where it takes a counted noun.
  const takes =
    draft.before?.comparator.strict && draft.quantity.kind === 'counter' && left.length <= 6 && tailOf(left) === ''
  if (
    left !== '' &&
    !takes &&
    trailingVerb(left) === null &&
    draft.before?.comparator.verb &&
    draft.quantity.kind !== 'time'
  )
    return ''
  return stripMarks(words)
}

/** 「建成6条市政道路、建成甲街天桥、安装乙路路灯」: a part of the list that a verb of its own opens is another's. */
function upToNextAct(words: string): string {
  for (let at = words.indexOf('、'); at > 0; at = words.indexOf('、', at + 1)) {
    const [own, behind] = [words.slice(0, at), words.slice(at + 1)]
    const verb = leadingVerb(behind)
    // 小学更新、配齐设备, 突破技术、带动产业的人才: verbs side by side, and what the things counted do.
    if (verb === '' || behind.includes('的') || trailingVerb(own) !== null) continue
    if (/^[^、]{3}/.test(behind.slice(verb.length))) return own
  }
  return words
}

/** 「80%以上的地级市、60%以上的县级市达到标准」: both nouns have the predicate of the last; so has 「…贫困村和…贫困县“摘帽”」. */
function sharedPredicate(noun: string, behind: string): string {
  if (behind.length <= noun.length) return ''
  const same = [...noun].filter(
    (character, index) => behind[index] === character && /[\u4e00-\u9fff]/.test(character),
  ).length
  if (same * 2 >= noun.length && same < noun.length) return behind.slice(noun.length)
  const quote = behind.endsWith('”') ? behind.lastIndexOf('“') : -1
  return quote > 0 && !noun.includes('“') ? behind.slice(quote) : ''
}

/** What a share of something does: the first of these words behind its noun. */
const PREDICATE =
  /建立|建成|建有|建设|设置|设立|达到|实现|完成|开展|具备|拥有|实施|纳入|配备|配置|接入|使用|提供|督查|督导|抽查|检查|考核|审计|改造|参加|参与|获得|掌握|符合|开设|成为|创建|推行|应用|开通|通(?=[公硬电客宽燃])/

/** 「90%的乡镇和60%的社区建立服务站」: a noun alone has the predicate of the share behind it. */
function predicateOfShares(noun: string, behind: string): string {
  const at = behind.search(PREDICATE)
  return noun.length >= 1 && at >= 1 && !PREDICATE.test(noun) && !/[率比]$/.test(noun) ? behind.slice(at) : ''
}

const levelIn = (words: string): string => /^.{1,3}级/.exec(words)?.[0] ?? ''

const COUNTABLE = new Set(['counter', 'magnitude'])

/** 「建成3个国家级、10个省级示范区」: a level needs the noun of the part behind it. */
function leanOn(
  view: SentenceView,
  right: string,
  draft: Draft,
  next: Draft | undefined,
  drafts: readonly Draft[],
): string {
  if (/[元吨亩里]$/.test(right) && next && next.fragment === draft.fragment && COUNTABLE.has(next.quantity.kind)) {
    // 5家过百亿元、2家达500亿元的高新技术企业
    const shared = /的([^的]{2,})$/.exec(withoutTimes(view, next.right))
    return shared ? `${right}的${shared[1]}` : right
  }
  const common =
    next && next.fragment === draft.fragment && draft.quantity.kind === 'percent' && next.quantity.kind === 'percent'
      ? predicateOfShares(right, withoutTimes(view, next.right).replace(/^的/, ''))
      : ''
  if (common !== '') return right + common
  const predicate =
    next && next.fragment === draft.fragment && right.length >= 2
      ? sharedPredicate(right, withoutTimes(view, next.right).replace(/^的/, ''))
      : ''
  if (predicate !== '') return right + predicate
  if (draft.quantity.kind === 'percent' || !isLevel(right) || !next || next.fragment !== draft.fragment) return right
  const whole = withoutTimes(view, next.right).replace(/^的/, '')
  return right + leanOn(view, whole, next, drafts[drafts.indexOf(next) + 1], drafts).slice(levelIn(whole).length)
}

/** 「完成候机区改造和」 before 「8个停机坪扩建」: the object listed before goes, subject and verb stay. */
function upToVerb(words: string): string {
  const at = firstVerb(words)
  return at < 0 ? '' : words.slice(0, at) + leadingVerb(words.slice(at))
}

function assemble(left: string, right: string): string {
  // 年培训质量官、班组长等2万人次: the list that is counted ends in 等.
  if (right === '') return left.replace(/(?<=、[^、]{2,20})(?<![同初高中上均平])等$/, '')
  return withoutNamed(left) + right
}

/** The name of a growth without its tail: 地区生产总值年均增速 → 地区生产总值. */
export function withoutRate(name: string): string {
  const nouns = [...RATE_OF_GROWTH_NOUNS, ...RATE_OF_REDUCTION_NOUNS]
  const noun = nouns.find((word) => name.endsWith(word))
  return noun ? name.slice(0, -noun.length).replace(/年均$|平均$/, '') : name
}
