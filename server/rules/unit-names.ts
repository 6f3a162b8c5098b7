import { DEPARTMENTS } from '../../extractors/lexicon/departments.ts'

/** A government by its place: `{ place: '霁川', level: '市' }`; an empty place where a name says 市 alone. */
export interface Home {
  place: string
  level: string
}

/** What the name of a public body says. */
export interface BodyName extends Home {
  /** What it is, all ways of writing made one: `发展和改革|委`, `政府`, `委宣传部`. */
  body: string
  /** Full names of its line of work, itself first, then who took over; empty for a body that is no department. */
  line: readonly string[]
  /** 局, 委, 厅 … of a department. */
  ending: string
}

/**
 * How a written name stands to a known one:
 * - `same`: another way of writing the same body of the same government
 * - `became`: the known body took over all the work of the written one (市卫计委, 市卫生健康委)
 * - `likely`: perhaps; a person must say
 * - `different`
 */
export type NameRelation = 'same' | 'became' | 'likely' | 'different'

const ENDINGS: Readonly<Record<string, string>> = {
  委员会: '委',
  委: '委',
  办公室: '办',
  办: '办',
  局: '局',
  厅: '厅',
  部: '部',
  总局: '总局',
  管理局: '局',
  署: '署',
  管理委员会: '管委会',
  管委会: '管委会',
  中心: '中心',
  支队: '支队',
  总队: '总队',
  支局: '支局',
  分局: '分局',
}
/** Endings of departments; a body with another (中心, 支队) is never the department of its line of work. */
const DEPARTMENT_ENDINGS = new Set(['委', '办', '局', '厅', '部', '总局', '署'])

/** What lines of work are called only in the name of a whole body (教委, 外办), never alone. */
const IN_NAMES: readonly (readonly [short: string, full: string])[] = [
  ['教', '教育'],
  ['科', '科学技术'],
  ['外', '外事'],
  ['侨', '侨务'],
  ['台', '台湾事务'],
  ['农', '农业'],
  ['建', '建设'],
  ['住房城乡建', '住房和城乡建设'],
  ['住建规划', '住房和城乡建设'],
  ['经济信息', '经济和信息化'],
  ['地方金融管理', '地方金融监督管理'],
  ['城市管理综合执法', '城市管理和综合执法'],
]
/** Lines of work of which one government has one and another government another; who is meant a person says. */
const AKIN: readonly (readonly string[])[] = [
  ['经济和信息化', '经济和信息', '工业和信息化', '工业经济', '经济贸易', '经济和商务', '发展改革和经济信息化'],
  ['发展和改革', '发展改革和经济信息化', '发展改革和科技', '发展改革和商务'],
  ['知识产权', '市场监督管理', '科学技术和知识产权'],
  ['大数据', '大数据发展', '数据', '数据资源', '政务服务数据管理', '政务服务和数据'],
  ['政务服务', '政务服务数据管理', '政务服务和数据', '行政审批', '行政审批和政务服务'],
  ['金融工作', '地方金融监督管理', '金融管理', '金融服务', '金融发展'],
  ['城市管理', '城市管理和综合执法', '城市管理行政执法', '城管执法', '综合行政执法'],
  ['林业', '林业和草原', '林业和园林', '园林绿化'],
  ['水利', '水务', '水利和湖泊', '水利水产'],
  ['教育', '教育和体育', '教育科技', '教育文化体育'],
  ['体育', '教育和体育', '教育文化体育', '文化旅游体育', '文化体育', '文化广电旅游体育'],
  ['文化和旅游', '文化旅游体育', '文化体育', '文化广电旅游体育'],
  ['外事', '外事侨务', '外事港澳', '侨务'],
  ['粮食和物资储备', '商务和粮食', '物资储备'],
  ['住房和城乡建设', '住房建设', '住房和建设', '住房保障', '房产管理'],
]
const areAkin = (a: string, b: string): boolean => AKIN.some((lines) => lines.includes(a) && lines.includes(b))

const FULL_NAME = new Map(DEPARTMENTS.flatMap(({ names }) => names.map((name) => [name, names[0] as string] as const)))
const FULL_NAME_IN_BODY = new Map([...FULL_NAME, ...IN_NAMES])
const SUCCESSOR = new Map(
  DEPARTMENTS.flatMap(({ names, became }) => (became ? [[names[0] as string, became] as const] : [])),
)

/** Bodies that are no departments, and their short forms. */
const SHORT_FORMS: readonly (readonly [full: string, short: string])[] = [
  ['中国共产党', '中共'],
  ['人民政府', '政府'],
  ['残疾人联合会', '残联'],
  ['妇女联合会', '妇联'],
  ['科学技术协会', '科协'],
  ['工商业联合会', '工商联'],
  ['归国华侨联合会', '侨联'],
  ['文学艺术界联合会', '文联'],
  ['社会科学界联合会', '社科联'],
  ['供销合作社联合社', '供销社'],
  ['供销合作社', '供销社'],
  ['机构编制委员会办公室', '编办'],
  ['网络安全和信息化委员会办公室', '网信办'],
  ['精神文明建设指导委员会办公室', '文明办'],
  ['精神文明建设委员会办公室', '文明办'],
  ['经济技术开发区', '经开区'],
  ['高新技术产业开发区', '高新区'],
  ['中国人民银行', '人行'],
  ['人民银行', '人行'],
  ['管理委员会', '管委会'],
  ['委员会办公室', '委办'],
  ['办公室', '办'],
]

/** Words that begin the name of many bodies, never that of one. */
const MANY =
  /^(?:各|有关|相关|其他|所有|沿线|所在|属地|市县|[省县]市(?![场政容监])|县区(?!域)|市直|省直|县直|市级|省级|县级)/
const LEVELS = '省市州盟县区旗镇乡'
const AUTONOMOUS = /自治$/
/** How what follows a place begins where it is no department: 市|政府, 市|委组织部. */
const AFTER_PLACE =
  /^(?:$|政府|委|人大|政协|纪|监|法院|检察|人民(?:法院|检察院)|总工会|工商联|[残妇侨]联|文联|科协|社科联|编办)/

const clean = (name: string): string => name.normalize('NFKC').replace(/[\s"'“”‘’·•]/gu, '')
/** Without a bracket behind it that names the bodies under the same roof: `市教育局(市委教育工委)`. */
const withoutBracket = (name: string): string => name.replace(/\([^()]*\)$/, '')

/** Reads the name of one body; null for the name of a group and for words that name no level and no known department. */
export function readBody(written: string): BodyName | null {
  const cleaned = withoutBracket(clean(written)).replace(/^国家税务总局(?=.{2})/, '')
  if (cleaned.length < 2 || cleaned.length > 40 || MANY.test(cleaned)) return null
  let name = cleaned
  for (const [full, short] of SHORT_FORMS) name = name.replace(full, short)
  name = name.replace(/^中共(.{0,12}[省市州盟县区旗])委员会/, '$1委').replace(/^中共/, '')
  // 生态环境、住建等部门: a line of work by itself, its department to be said by a person.
  const line = FULL_NAME.get(cleaned)
  if (line !== undefined) return { place: '', level: '', body: `${line}|`, line: lineOf(line), ending: '' }
  // The shortest prefix that leaves a department: 市|市场监管局, 省|库区移民局, 霁川市望川区|教育局.
  for (const prefix of prefixesOf(cleaned)) {
    const department = readDepartment(cleaned.slice(prefix.length))
    if (department) return { ...department, place: prefix.place, level: prefix.level }
  }
  const national = /^(?:国家|全国|中华人民共和国)/.exec(cleaned)?.[0] ?? ''
  const department = readDepartment(cleaned.slice(national.length))
  if (department)
    return {
      ...department,
      place: '',
      level: national !== '' || /^(?:部|总局|署)$/.test(department.ending) ? '国家' : '',
    }
  const prefixes = [...prefixesOf(name)]
  const first = prefixes.find((prefix) => AFTER_PLACE.test(name.slice(prefix.length))) ?? prefixes[0]
  if (!first) return null
  const rest = name.slice(first.length)
  if (rest === '' && first.place === '') return null
  return {
    place: first.place,
    level: first.level,
    body: rest === '' ? '政府' : rest.replace(/[和与及、]/g, ''),
    line: [],
    ending: '',
  }
}

/** Every beginning of a name that may be a place with its level, shortest first. */
function* prefixesOf(name: string): Generator<Home & { length: number }> {
  let from = 0
  for (let i = 0; i < Math.min(name.length, 20); i++) {
    const letter = name[i] as string
    if (!LEVELS.includes(letter)) continue
    // 沅州市, 石市区: a letter of a level before another one belongs to the name, unless a department follows (市|市场监管局).
    if (LEVELS.includes(name[i + 1] ?? ' ') && readDepartment(name.slice(i + 1)) === null) continue
    const before = name.slice(from, i)
    const autonomous = AUTONOMOUS.test(before)
    const place = before.replace(AUTONOMOUS, '')
    if (place.length > 10 || (place !== '' && [...place].every((sign) => LEVELS.includes(sign)))) continue
    yield { place, level: autonomous ? `自治${letter}` : letter, length: i + 1 }
    if (place !== '') from = i + 1
  }
}

function readDepartment(written: string): Pick<BodyName, 'body' | 'line' | 'ending'> | null {
  const words = written.replace(/^(?:人民)?政府/, '') // 市政府外办
  for (const length of [5, 4, 3, 2, 1]) {
    const ending = ENDINGS[words.slice(-length)]
    if (ending === undefined || words.length <= length) continue
    const full = FULL_NAME_IN_BODY.get(words.slice(0, -length))
    if (full !== undefined) return { body: `${full}|${ending}`, line: lineOf(full), ending }
  }
  return null
}

function lineOf(full: string): string[] {
  const line = [full]
  for (let next = SUCCESSOR.get(full); next !== undefined && !line.includes(next); next = SUCCESSOR.get(next))
    line.push(next)
  return line
}

/**
 * Whether two names mean the same body of one government. A name without its place (市教育局) is of `home`, the
 * government whose office this is; where that is not known, it may only be likely. Levels are never crossed.
 */
export function compareBodies(written: BodyName, known: BodyName, home: Home | null): NameRelation {
  const placed = comparePlaces(written, known, home)
  if (placed === 'different') return 'different'
  const certain = placed === 'same'
  if (written.body === known.body) return certain ? 'same' : 'likely'
  // A line of work alone may be any department of it, or of who took it over.
  if (written.ending === '' && written.line.length > 0)
    return DEPARTMENT_ENDINGS.has(known.ending) && written.line.includes(known.line[0] ?? '') ? 'likely' : 'different'
  if (!DEPARTMENT_ENDINGS.has(written.ending) || !DEPARTMENT_ENDINGS.has(known.ending) || written.level === '')
    return 'different'
  const [line] = known.line
  if (line === undefined) return 'different'
  if (written.line[0] === line) return 'likely' // 市农业局 and 市农业委: of one government, but not of one time
  if (written.line.includes(line)) return certain ? 'became' : 'likely'
  const [own] = written.line as [string]
  return known.line.includes(own) || areAkin(own, line) ? 'likely' : 'different'
}

function comparePlaces(written: BodyName, known: BodyName, home: Home | null): 'same' | 'likely' | 'different' {
  if (written.level === '' && known.level !== '国家') return known.level === '' ? 'same' : 'likely'
  if (written.level !== known.level) return 'different'
  if (written.place === known.place) return 'same'
  if (written.place !== '' && known.place !== '') return 'different'
  const place = written.place || known.place
  if (home === null) return 'likely'
  return home.level === written.level && home.place === place ? 'same' : written.place === '' ? 'likely' : 'different'
}

/**
 * What a name says where no rule knows it: its level, empty where it names none, and the letters that tell it from other bodies of
 * its government, without 政府 and ending.
 */
export function tellingLetters(written: string): { level: string; letters: string } {
  const name = withoutBracket(clean(written))
  const [prefix] = prefixesOf(name)
  const words = name.slice(prefix?.length ?? 0).replace(/^(?:人民)?政府/, '')
  const ending = [5, 4, 3, 2, 1].find((length) => ENDINGS[words.slice(-length)] !== undefined)
  return { level: prefix?.level ?? '', letters: ending === undefined ? words : words.slice(0, -ending) }
}

const WHO: Readonly<Record<string, string>> = {
  各: '各',
  各有关: '有关',
  各相关: '有关',
  有关: '有关',
  相关: '有关',
  沿线: '沿线',
  属地: '属地',
}

/**
 * One key for all ways of writing the name of a group: 各县市区政府, 各县（市、区）人民政府, 各县区 · 有关部门, 各相关部门 · 市直有关部门.
 * Null for the name of one body, and for a group that is not one of these kinds.
 */
export function groupKey(written: string): string | null {
  const name = clean(written)
    .replace(/[()、,和与及]/g, '')
    .replace(/(?:人民)?政府|办事处/g, '')
  const places = /^(各有关|各相关|各|有关|相关|沿线|属地)((?:自治)?[省市州盟县区旗镇乡街道地]{1,8})$/.exec(name)
  if (places) {
    const letters = (places[2] as string).replace(/自治/g, '')
    const level = /[镇乡街]/.test(letters)
      ? '乡镇'
      : /[县旗]/.test(letters) && letters.includes('区')
        ? '县区'
        : [...new Set(letters)].sort().join('')
    return `${WHO[places[1] as string]}${level}`
  }
  const bodies =
    /^([省市县区州])?(?:直属?|级)?(?:各有关|各相关|有关|相关|各)([省市县区州])?(?:直属?|级)?(部门|单位|部门单位)$/.exec(
      name,
    )
  return bodies ? `${bodies[1] ?? bodies[2] ?? ''}有关${bodies[3]}` : null
}
