import { CharacterSet } from '../parsers/character-set.ts'
import { WordTree } from '../parsers/word-tree.ts'
import { BARE_NOUNS, INDICATOR_TAILS, MEASURE_MODIFIERS } from '../lexicon/indicator-nouns.ts'
import { isPlaceName, openingPlace } from '../lexicon/places.ts'

const TAILS = new WordTree<true>()
for (const tail of INDICATOR_TAILS) TAILS.addEnd(tail, true)
const JOINT = /^(?:以及|[、和及与或])/
const JOINT_BEGINS = new CharacterSet('以、和及与或')
const OPENS = new CharacterSet('(“《〔')
const CLOSES = new CharacterSet(')”》〕')
/** The joint's character is part of a word: 和谐, 普及, 参与, 及时. */
const WORDS_WITH_JOINT = [
  '和谐',
  '和美',
  '和平',
  '普及',
  '涉及',
  '及时',
  '及格',
  '参与',
  '与会',
  '共和',
  '饱和',
  '温和',
  '以及',
  '惠及',
  '危及',
  '及其',
  '及相',
  '触及',
  '或者',
  '总和',
  '缓和',
  '调和',
  '和田',
  '和县',
  '呼和',
  '和林',
  '和龙',
  '和政',
  '和顺',
  '和布',
  '平和',
  '泰和',
  '永和',
  '仁和',
  '兴和',
  '祥和',
]

/** Splits 「A、B和C」 at its joints, outside brackets and quotes. A single name gives a list of one. */
export function splitNames(words: string): string[] {
  const names: string[] = []
  let depth = 0
  let from = 0
  for (let at = 0; at < words.length; at++) {
    if (OPENS.holds(words, at)) depth++
    else if (CLOSES.holds(words, at)) depth--
    else if (depth === 0 && JOINT_BEGINS.holds(words, at)) {
      const joint = JOINT.exec(words.slice(at, at + 2))
      if (!joint || isInsideWord(words, at, joint[0])) continue
      names.push(words.slice(from, at))
      from = at + joint[0].length
      at = from - 1
    }
  }
  names.push(words.slice(from))
  return names.filter((name) => name !== '')
}

const isInsideWord = (words: string, at: number, joint: string): boolean =>
  joint.length === 1 &&
  joint !== '、' &&
  WORDS_WITH_JOINT.some(
    (word) => word !== '以及' && [0, 1].some((shift) => words.startsWith(word, at - shift) && word[shift] === joint),
  )

/** The tail noun that ends a name (覆盖率, 比例); empty where none of the lexicon does. */
export function tailOf(name: string): string {
  const found = TAILS.longestBefore(name, name.length)
  if (!found) return ''
  if (found.start > 0) return name.slice(found.start)
  // The whole name is a noun of measure: what counts is the shorter one in it (总产值 → 产值).
  const shorter = TAILS.longestBefore(name, name.length, 1)
  return shorter ? name.slice(shorter.start) : ''
}

/** Whether a name ends with a measure or is one and nothing else: 乡镇GDP, GDP. */
export const endsInMeasure = (name: string): boolean => TAILS.longestBefore(name, name.length) !== null

const MODIFIERS = new WordTree<true>()
const MODIFIERS_AT_END = new WordTree<true>()
for (const word of MEASURE_MODIFIERS) {
  MODIFIERS.add(word, true)
  MODIFIERS_AT_END.addEnd(word, true)
}
const BARE = new Set(BARE_NOUNS)

/** Whether a name is a noun of measure and nothing else: 产量, 漏损率. */
export const isBareNoun = (name: string): boolean => BARE.has(name)

const AMOUNTS: ReadonlySet<string> = new Set('面积 产量 能力 里程 人数 户数 数量 价值 强度 浓度'.split(' '))

/** Whether a name says how much but not of what: 年产量, 总面积, 总体加工能力, 漏损率. */
export function isBareMeasure(name: string): boolean {
  let rest = name
  for (;;) {
    if (BARE.has(rest) || AMOUNTS.has(rest)) return true
    const modifier = MODIFIERS.longest(rest.slice(0, -1), 0)
    if (!modifier) return false
    rest = rest.slice(modifier.end)
  }
}

/** Whose measure a name is: 茶叶总面积 → 茶叶; empty where the name is no measure or has no owner. */
export function ownerOf(name: string): string {
  const tail = tailOf(name)
  if (tail === '' || THINGS.test(name)) return ''
  let owner = name.slice(0, -tail.length)
  for (;;) {
    const modifier = MODIFIERS_AT_END.longestBefore(owner, owner.length)
    if (!modifier) return owner
    owner = owner.slice(0, modifier.start)
  }
}

/** Tails that name things and places, of which something is measured. */
const THINGS = /(?:企业|项目|基地|园区|平台|机构|中心|示范[区县村点]|人口)$/

/** Whether a name ends with a measure (覆盖率, 时间), not with a thing (项目, 企业). */
export const isMeasure = (name: string): boolean => tailOf(name) !== '' && !THINGS.test(name)

/**
 * Gives every name of a list what the last one shares with it:
 * 「县、乡级服务站覆盖率」 → 县级服务站覆盖率, 乡级服务站覆盖率; 「养老保险、医疗保险覆盖率」 → 养老保险覆盖率, 医疗保险覆盖率.
 * Names that end with an indicator noun of their own are complete.
 */
export function shareTail(names: readonly string[]): string[] {
  const places = OF_PLACES.exec(names.at(-1) ?? '')
  // 「甲、乙、丙等区域浓度」: the places share what is measured in them.
  if (places && names.length >= 2)
    return [...names.slice(0, -1), places[1] as string].map((name) => name + (places[2] as string))
  const counties = placesOf(names)
  if (counties) return counties.places.map((place) => place + counties.measured)
  const last = names.at(-1) ?? ''
  // 「设有实验室、技术中心的企业占比」: what the things do stands before all of them, the things behind.
  const having = HAVING.exec(names[0] ?? '')?.[0]
  const owner = having && names.length >= 2 ? last.indexOf('的') : -1
  if (having && owner > 0)
    return names.map(
      (name, index) => (index === 0 ? name : having + name) + (index === names.length - 1 ? '' : last.slice(owner)),
    )
  return names.map((name, index) =>
    index === names.length - 1 || isComplete(name) ? name : name + sharedTail(name, last),
  )
}

const HAVING = /^(?:设有|建有|拥有|具备|配有|通过|获得|使用|应用|开展)(?=[^的]{2,}$)/
const OF_PLACES = /^(.{2,8}?)等(?:区域|地区|城市|省份|省市|流域|县区|市县|县市)(.{2,})$/

/**
 * 「甲区、乙新区、丙市空气优良率」: a list of counties and districts and what is measured in each of them; null for any
 * other list. What the list is of (年度水环境目标) is no part of the name where a measure follows it.
 */
export function placesOf(names: readonly string[]): { places: string[]; measured: string } | null {
  const last = names.at(-1) ?? ''
  const place = openingPlace(last)
  const measured = last.slice(place.length)
  if (names.length < 2 || place === '' || measured.length < SHORTEST_MEASURE) return null
  const others = names.slice(0, -1)
  if (!others.every(isPlaceName)) return null
  const own = measured.split('目标').at(-1) as string
  return { places: [...others, place], measured: /^[A-Z]/.test(own) || isMeasure(own) ? own : measured }
}
/** In characters. */
const SHORTEST_MEASURE = 2

/** 化学需氧量: a substance, of which the 量 of its name measures nothing. */
const SUBSTANCE = /需氧量$/

const isComplete = (name: string): boolean => {
  if (SUBSTANCE.test(name)) return false
  const tail = tailOf(name)
  return tail.length >= 2 || /[率比]$/.test(name)
}

/** Nouns that head a whole list: 「服务业增加值、从业人员占比」 are both of 服务业. */
const HEAD = /^(.{1,6}?(?:(?<![从就毕创企行失职作专停歇])业|产业|经济|产品|人口|居民|园区|群众))(?=.{2})/

/** What both names are counted by: 单位生产总值能耗、二氧化碳排放; 万元产值水耗; 每千人口医师数、护士数. */
const PER_HEAD =
  /^((?:规模以上)?单位(?:国内生产总值|地区生产总值|生产总值|GDP|工业增加值|产值|产品|建筑面积|面积)|万元(?:国内生产总值|地区生产总值|生产总值|GDP|工业增加值|产值)|每[百千万亿](?:名|户)?(?:常住|户籍)?(?:人口|人|老年人|老人|儿童|劳动力)?(?:拥有)?)(?=.{2})/

/** 城镇调查失业率和登记失业率: rates of one kind are all of the place that the first names. */
const PLACE_HEAD = /^(?:城镇|农村|城乡|城市|全社会|规模以上工业|规上工业)(?=.{3})/

/** 每千常住人口, 单位产值 at the beginning of a name; empty where it has none. */
export const perHeadOf = (name: string): string => PER_HEAD.exec(name)?.[1] ?? ''

/** Gives the later names of a list the head that the first one has: 电商示范企业、示范基地 → 电商示范基地. */
export function shareHead(names: readonly string[]): string[] {
  const [first = '', ...others] = names
  const per = PER_HEAD.exec(first)?.[1]
  if (per) return [first, ...others.map((name) => (PER_HEAD.test(name) || /^人均/.test(name) ? name : per + name))]
  const place = PLACE_HEAD.exec(first)?.[0]
  if (place && others.every((name) => name.length <= 7 && !PLACE_HEAD.test(name) && commonEnd(first, name) >= 2))
    return [first, ...others.map((name) => place + name)]
  const found = HEAD.exec(first)?.[1]
  return [
    first,
    ...others.map((name) => {
      const common = first.indexOf(name.slice(0, 2))
      if (name.length >= 3 && name.length <= 8 && common >= 2 && common <= 4) return first.slice(0, common) + name
      return found && tailOf(first) !== '' && name.length <= 7 && !HEAD.test(name) && tailOf(name) !== ''
        ? found + name
        : name
    }),
  ]
}

/** How many characters both names end with. */
function commonEnd(a: string, b: string): number {
  let length = 0
  while (length < Math.min(a.length, b.length) && a.at(-1 - length) === b.at(-1 - length)) length++
  return length
}

/** Names of levels or places, which need the noun of the last name: 国家级、省级 + 研发平台. */
export const isLevel = (name: string): boolean => LEVEL.test(name) || TYPE.test(name)
/** 专业型, 示范型: a kind, which needs the noun of the kinds before it. */
const TYPE = /^[^、的]{1,5}(?<![大小中微新])型$/

/** Words of the same kind stand side by side, so that what follows the last one belongs to all. */
const LEVEL =
  /^(?:[一二三五\d]?[十百千]?[百千万亿]亿?元?级|[省市县区乡镇村州校园户国一二三四]级?|国家级|世界级|全国|全省|地市级|区县级|街道级?|社区级?|部级|厅级|第?[一二三]|城镇|农村|城市|城乡|国家|乡镇|小学|初中|高中|东部|西部|中部|南部|北部|山区|平原|丘陵|男性|女性|新建|既有|城区|郊区|公办|民办|县城|市区|主城区|中心城区|重点镇|建制镇|地级市|县级市|设区市|行政村|自然村|中职|高职|本科|专科|集中式|分散式|常住人口|户籍人口)$/

const PEOPLE = /患者|感染者|病人|人群/
const OF_OUTPUT = /(?:全产业链|产业链|产业|综合|全口径|年度)$/
/** 高血压、糖尿病 + 管理人数: in what the people take part. */
const OF_PEOPLE = /(?:规范)?(?:管理|参保|诊疗|接待|就业|培训|在校|参训|招生|服务|救助)$/
/** 黄茶 + 全产业链产值: a measure with the words that belong to it. */
const longTail = (name: string): string => {
  const tail = tailOf(name)
  const whole = tail === '' ? null : (tail === '人数' ? OF_PEOPLE : OF_OUTPUT).exec(name.slice(0, -tail.length))
  return whole ? whole[0] + tail : tail
}

/** Characters that end the name of a kind of thing: 锅**炉**, 窑**炉**. */
const HEAD_NOUN = /[炉厂村镇县市站所库局院校园点车船品类林河湖渠桥路井线网]/

/** Words of two characters that tell kinds of one thing apart, before its noun and alone. */
const KINDS_OF_THING = '居住|公共|工业|民用|商业|农业|生活|生产|城镇|农村'
const KIND_OF_THING = new RegExp(`^(?:${KINDS_OF_THING})(?:建筑|用地|用水|用电|用能|垃圾|污水|废水|住宅)(?=.{2})`)
const SAME_KINDS = new RegExp(`(?:${KINDS_OF_THING})$`)
const KIND_LENGTH = 2

/** Characters of a rate: 去除率. */
const RATE_LENGTH = 3

/** What stands in the last name behind the part that answers to `name`. */
function sharedTail(name: string, last: string): string {
  // Both end their own part alike: 养老保险 / 医疗保险 + 覆盖率.
  for (let length = Math.min(name.length - 1, 6); length >= 1; length--) {
    const ending = name.slice(-length)
    const at = last.lastIndexOf(ending)
    const noun = length === 1 && at < name.length && last.length - at > 4 && HEAD_NOUN.test(ending)
    if (at > 0 && at + length < last.length && (length >= 2 || at + length === name.length || noun))
      return last.slice(at + length)
  }
  // 甲业、乙**行业用水占比**: the word of all branches, and what is measured in them.
  const branch = last.indexOf('行业')
  if (branch >= 2 && branch + 2 < last.length && !name.includes('行业')) return last.slice(branch)
  // 新建居住和公共**建筑用能强度**: two kinds of one thing.
  if (KIND_OF_THING.test(last) && SAME_KINDS.test(name)) return last.slice(KIND_LENGTH)
  const tail = longTail(last)
  // 高血压、糖尿病 + 患者规范管理率: the people whose rate it is.
  const people = PEOPLE.exec(last)
  if (people && people.index >= 2 && !PEOPLE.test(name)) return last.slice(people.index)
  // 存、贷 + 款余额: one character stands for a word of the last name's length.
  if (name.length === 1 && last.length > 2) return last.slice(1)
  // 国家、市级 + 示范社: the level's own 级 is shared too.
  const level = /^[省市县区乡镇村校]级/.exec(last)
  if (level && /^(?:国家|[省市县区乡镇村])$/.test(name)) return last.slice(1)
  // Levels and places of the same length: 县、乡 + 级…, 城镇、农村 + 居民….
  if (LEVEL.test(name) && last.length > name.length + tail.length) return last.slice(name.length)
  // 甲醛、甲苯 + 去除率: a rate that no list knows, behind words of one length.
  if (tail === '率' && last.length === name.length + RATE_LENGTH) return last.slice(-RATE_LENGTH)
  // A tail of one character (率) leaves out whose it is.
  return tail.length > 1 ? tail : ''
}
