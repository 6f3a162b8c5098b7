import {
  BODY_ENDINGS,
  DEPARTMENTS,
  GENERIC_WORDS,
  LEVEL_PREFIXES,
  OFFICE_ENDINGS,
  STANDING_NAMES,
} from '../lexicon/departments.ts'
import { arePlacesInGeneral, openingPlace } from '../lexicon/places.ts'
import { CharacterSet } from '../parsers/character-set.ts'
import { OpeningPattern } from '../parsers/opening-pattern.ts'
import { anyOf } from '../parsers/word-finder.ts'
import { remembered } from './remembered.ts'

/** A name in a list of units, where it stands and what its own bracket says it does. */
interface ListedName {
  name: string
  /** Offset of its first character in the list. */
  at: number
  /** Whether a comma or semicolon, not 、, stands before it. */
  afterComma: boolean
  /** Whether a mark like ★ or * stands beside it. */
  marked: boolean
  /** Words of a bracket behind the name that say what it does: `牵头价格政策完善`. */
  note: string
}

const FIELDS = anyOf(DEPARTMENTS.flatMap((department) => [...department.names]))
const ENDING = new RegExp(`(?:${anyOf(BODY_ENDINGS)})$`)
const DEPARTMENT_ENDING = new RegExp(
  `(?:${FIELDS})(?:管理|监督|监察|工作|事务|发展|开发)?(?:${anyOf(OFFICE_ENDINGS)})$`,
)
/** Committees known by one character: `市科委`, `市农委`. */
const SHORT_COMMITTEE = /^[\u4e00-\u9fff]{0,4}[省市区县州盟旗](?:[科建农经交民计教体工商]|住建|卫健|文旅)委$/
const STANDING = new Set(STANDING_NAMES)
const LEVEL = new RegExp(`^(?:${anyOf(LEVEL_PREFIXES)})`)
const GENERIC = new RegExp(anyOf(GENERIC_WORDS))

/** Places in general with the levels apart: `各县、市、区`, `各有关区、县级市`. */
const isPlacesApart = (words: string): boolean =>
  /^(?:各|有关|相关)[^、]+、/.test(words) && arePlacesInGeneral(words.replace(/、/g, ''))

/** Every body of a kind: `各高等学校`, `各有关企业`. */
const ALL_OF_A_KIND =
  /^(?:各|有关|相关)(?:有关|相关|省属|市属|县属)?[\u4e00-\u9fff]{0,6}(?:学校|院校|高校|医院|企业|银行|机构|集团|公司|协会|商会)$/

/** What no name of a body holds. */
const NOT_A_NAME =
  /[。:;!?<>=%]|\d{3}|以及|或者|如果|由于|因为|例如|包括|下同|简称|不含|应当|不得|必须|可以|能够|按照|根据|通过|进行|开展|开工|迁建|竣工|建立|完善|加强|实现|达到|等级|以下|办法|方案|制度/

/** What a bracket adds to a name: 市水利局(市河长办). */
const ASIDE = /[(〔[][^()〔〕[\]]*[)〕\]]/g

/** Whether words read as the name of a public body or of a group of them. Words in brackets behind it do not count. */
export const isUnitName = remembered((words) => {
  const name = words.replace(ASIDE, '')
  if (name.length < 2 || name.length > 32) return false
  if (STANDING.has(name) || ALL_OF_A_KIND.test(name) || arePlacesInGeneral(words) || SHORT_COMMITTEE.test(name))
    return true
  if (isPlacesApart(words)) return true
  if (!ENDING.test(name)) return arePlacesInGeneral(name)
  if (DEPARTMENT_ENDING.test(name)) return !NOT_A_NAME.test(name)
  return (
    !NOT_A_NAME.test(name) &&
    (LEVEL.test(name) ||
      openingPlace(name) !== '' ||
      /(?:政府|公司|集团|银行|分行|支行|大学|学院|医院|海关|法院|检察院|管委会|办事处|监管局|银监局|证监局|[支总大]队|军分区|警备区|武装部|机场|车站|工会)$/.test(
        name,
      ))
  )
})

/** A body of a level of government by its ending alone: `市投促局`, `县妇联`. */
const LEVEL_BODY =
  /^(?:[省市区县州旗盟]|自治[区州县旗])[\u4e00-\u9fff]{0,14}(?:[局委厅办]|总工会|妇联|科协|残联|工商联|供销社|法院|检察院|督查室|宣传部|组织部|统战部|工作部)$/

/** Whether a name is that of a body with its level of government before it. */
export const isLevelBody = (name: string): boolean => LEVEL_BODY.test(name.replace(ASIDE, ''))

/** Whether a name is that of a department or government, sure enough to stand without a label. */
export const isDepartment = remembered((name) => {
  const words = name.replace(ASIDE, '')
  return (
    isUnitName(name) &&
    (STANDING.has(words) ||
      SHORT_COMMITTEE.test(words) ||
      DEPARTMENT_ENDING.test(words) ||
      /(?:政府|管委会|委员会|办公[厅室]|领导小组|[省市县区州]委[\u4e00-\u9fff]{0,6}|(?:有关|相关|各)(?:部门|单位).{0,6})$/.test(
        words,
      ) ||
      LEVEL_BODY.test(words))
  )
})

/** Whether a name means a group of bodies, not one: `各县市区政府`, `相关部门和单位`. */
const isGenericUnit = (name: string): boolean => GENERIC.test(name) || arePlacesInGeneral(name)

/** Whether a name ends as the name of a body does; a place alone does not. */
export const endsLikeUnit = remembered((name) => ENDING.test(name.replace(/\([^()]*\)$/, '')))

const OPEN = new CharacterSet('([〔【《〈“')
const CLOSE = new CharacterSet(')]〕】》〉”')
const SEPARATOR = new CharacterSet('、,;/\\\n\t')

/** Cuts a list at 、 ， ； outside brackets. */
function pieces(list: string): ListedName[] {
  const found: ListedName[] = []
  let depth = 0
  let from = 0
  let comma = false
  for (let i = 0; i <= list.length; i++) {
    if (OPEN.holds(list, i)) depth++
    else if (depth > 0 && CLOSE.holds(list, i)) depth--
    if (i === list.length || (depth === 0 && SEPARATOR.holds(list, i))) {
      if (i > from) found.push({ name: list.slice(from, i), at: from, afterComma: comma, marked: false, note: '' })
      comma = list[i] === ',' || list[i] === ';'
      from = i + 1
    }
  }
  return found
}

/** Levels of places side by side with what they share, or a single one: `县(市、区)人民政府`, `市`, `县级市`, `街道办事处`. */
const LEVELS_SHARING =
  /^(?:(?:[市县区州盟旗镇乡、,()]|县级市|自治[县旗州]|街道)+(?:(?:人民)?政府|党委|办事处|有关部门|主管部门)|[市县区州盟旗镇乡][()市县区州、]*|县级市|自治[县旗州]|街道)$/

/** `各市(州)` before `县(市、区)人民政府`, `各区` before `县级市`: the beginning of one name. */
function joinsNext(name: string, next: ListedName | undefined): boolean {
  if (
    !next ||
    next.afterComma ||
    !/^(?:各|有关|相关)/.test(name) ||
    !(arePlacesInGeneral(name.replace(/、/g, '')) || /行政?公?署$/.test(name))
  )
    return false
  return LEVELS_SHARING.test(next.name)
}

/** A name that is none without the tail of the next: `东堤垸`、`西滩管理区`. */
const leansOnNext = (name: string, next: ListedName | undefined): boolean =>
  next !== undefined &&
  !next.afterComma &&
  /^[\u4e00-\u9fff]{2,5}$/.test(name) &&
  // 石桥镇、枣林镇: each has its own tail.
  !/[镇乡]$/.test(name) &&
  !ENDING.test(name) &&
  !STANDING.has(name) &&
  !arePlacesInGeneral(name) &&
  SHARED_TAIL.test(next.name)
/** What several places may share: 管理区, 街道, 镇, 农场. */
const SHARED_TAIL =
  /^(?!各)[\u4e00-\u9fff]{2,8}(?:管理区|街道(?:办事处)?|[镇乡](?:政府|人民政府)?|[农林茶牧渔]场|开发区(?:管委会)?|园区|景区)$/

/** `各县(市、区)党委、政府` are named together: the second has no place of its own. */
const isPartyAndGovernment = (name: string, next: ListedName | undefined): boolean =>
  next !== undefined && !next.afterComma && /党委$/.test(name) && /^(?:人民)?政府$/.test(next.name)

/** `有关部门、单位` is one group. */
const isSplitGroup = (name: string, next: ListedName | undefined): boolean =>
  next !== undefined &&
  !next.afterComma &&
  /部门$/.test(name) &&
  /^(?:单位|机构|直属机构|企事业单位)等?$/.test(next.name)

/**
 * The names of a list as written, one each: `市发展改革委、市财政局,各县市区政府`. A trailing 等 goes, a generic name behind
 * it stays (`商务厅等省直相关部门`), 和 and 及 separate only complete names, brackets that say what a body does are kept apart.
 */
export function splitNames(list: string): ListedName[] {
  const merged: ListedName[] = []
  const cut = pieces(list)
  for (let i = 0; i < cut.length; i++) {
    const piece = cut[i] as ListedName
    let name = piece.name
    while (
      joinsNext(name, cut[i + 1]) ||
      isPartyAndGovernment(name, cut[i + 1]) ||
      isSplitGroup(name, cut[i + 1]) ||
      leansOnNext(name, cut[i + 1])
    ) {
      i++
      name = list.slice(piece.at, (cut[i] as ListedName).at + (cut[i] as ListedName).name.length)
    }
    merged.push({ ...piece, name })
  }
  const names: ListedName[] = []
  for (const all of merged)
    for (const one of atConjunction(all))
      for (const ofLevel of atNextLevel(one))
        for (const apart of atAndOthers(ofLevel)) {
          const listed = withoutMarks(apart)
          if (listed.name.length > 0 && !NOBODY.test(listed.name)) names.push(listed)
        }
  return names
}

/** 和, 及, 与, 会同 between two complete names. */
function atConjunction(listed: ListedName): ListedName[] {
  const { name } = listed
  for (let i = 2; i < name.length - 2; i++) {
    const word = conjunctionAt(name, i)
    if (word === 0) continue
    const left = name.slice(0, i)
    const right = name.slice(i + word)
    if (
      balanced(left) &&
      endsLikeUnitOrPlace(left) &&
      isWholeName(right) &&
      // A body that no level and no field tells (人行云川营管部) is known by the group beside it.
      (isUnitName(withoutOthers(left)) || (left.length >= 4 && isGenericUnit(right)))
    ) {
      return [
        { ...listed, name: left },
        ...atConjunction({ ...listed, name: right, at: listed.at + i + word, afterComma: false }),
      ]
    }
  }
  return [listed]
}

function conjunctionAt(name: string, i: number): number {
  if (name.startsWith('以及', i) || name.startsWith('会同', i) || joinsUp(name, i)) return 2
  return name[i] === '和' || name[i] === '及' || name[i] === '与' ? 1 : 0
}

/** 市农业农村局**联合**市商务局; 供销合作社联合社, 残疾人联合会 are one body. */
const joinsUp = (name: string, i: number): boolean =>
  name.startsWith('联合', i) && !/^联合[社会党]/.test(name.slice(i, i + 3))

const balanced = (text: string): boolean => text.split('(').length === text.split(')').length
const endsLikeUnitOrPlace = (name: string): boolean => endsLikeUnit(withoutOthers(name)) || arePlacesInGeneral(name)
const withoutOthers = (name: string): string => (name.endsWith('等') ? name.slice(0, -1) : name)
/** 党委和**人民政府** of one place: a body that needs the place before it. */
const isWholeName = (name: string): boolean =>
  name.length > 2 &&
  isUnitName(withoutOthers(name)) &&
  !/^(?:单位|部门|机构|企业|地区|地方|(?:人民)?政府|管委会|党工委|党委|人大|政协|办事处)$/.test(name)

/** Names without anything between are cut up to this length, in characters. */
const LONGEST_RUN = 60

/** Names that only a space or line break held apart, which is gone: `市教育局市财政局`, `县住建局各乡镇`, `财政局教育局`. */
function atNextLevel(listed: ListedName): ListedName[] {
  const { name } = listed
  if (name.length < 6 || name.length > LONGEST_RUN || name.includes('等')) return [listed]
  for (let i = 3; i < name.length - 2; i++) {
    if (!'局委厅办院会社队心部联)'.includes(name[i - 1] as string) || !canBegin(name, i)) continue
    const left = name.slice(0, i)
    const right = name.slice(i)
    if (!balanced(left) || !(isLevelled(name) ? isDepartment(left) : DEPARTMENT_ENDING.test(left))) continue
    const rest = atNextLevel({ ...listed, name: right, at: listed.at + i, afterComma: false })
    if (rest.every((each) => isUnitName(withoutOthers(each.name)))) return [{ ...listed, name: left }, ...rest]
  }
  return [listed]
}

/** 市委宣传部: 委 does not end a body where its own part follows, unless that begins with the level of another. */
const canBegin = (name: string, at: number): boolean => {
  const first = name[at] as string
  if (first === '各' || first === name[0]) return true
  if (OF_ITS_OWN.test(name.slice(at))) return true
  if (!BEGINS_FIELD.test(name.slice(at, at + 8))) return false
  // Behind a body with its level another may stand without one: 省交通运输厅广电局. A station or team is a part of the first.
  return !isLevelled(name) || /^.{2,12}(?<![分支])[局委厅办]$/.test(name.slice(at))
}
/** 区交通局**云川公安分局**, 县城管局**城投集团**: bodies that are part of no bureau. */
const OF_ITS_OWN = /^[\u4e00-\u9fff]{2,6}(?:公安分局|公安局|集团(?:公司)?|供电(?:公司|局|所|服务中心)|邮政管理局)/
const isLevelled = (name: string): boolean => '省市县区州旗盟镇乡'.includes(name[0] as string)
const BEGINS_FIELD = new RegExp(
  `^(?:${anyOf(DEPARTMENTS.flatMap(({ names }) => names.filter((field) => field.length >= 2)))})`,
)

/** `X等Y`: Y stays where it is a generic name of its own, `等部门` says nothing. */
function atAndOthers(listed: ListedName): ListedName[] {
  const at = listed.name.indexOf('等')
  if (at < 2) return [listed]
  const name = listed.name.slice(0, at)
  const rest = listed.name
    .slice(at + 1)
    .replace(/^(?:\d{1,2}|[一二三四五六七八九十]{1,3})?个?/, '')
    .replace(/^(?:有关|相关)?(?:部门|单位|部门和单位|部门、单位)(?:[和及与]|以及)(?=[各有相])/, '')
  const first = { ...listed, name }
  if (!isUnitName(name) && !endsLikeUnit(name)) return [listed]
  if (!isWholeName(rest) || !isGenericUnit(rest)) return [first]
  return [
    first,
    { name: rest, at: listed.at + listed.name.length - rest.length, afterComma: false, marked: false, note: '' },
  ]
}

const DUTY_WORDS = /联系|电话|同志|牵头|负责|配合|责任|职责|分工|排在|列第|主办|协办|参与/

/** What is left of 等部门、单位 when it is cut at 、: it names nobody. */
const NOBODY = /^(?:等|单位|部门|地区|机构|企业|有关方面)$/
const MARKS = new CharacterSet('★☆*▲△●#—-·. 。')
/** What joins a name to the words before it. */
const JOINS = /^(?:(?:(?:[此该本]|上述|以上)[项条款]?(?:工作|任务|措施|事项)?)?由|[及和]|以及|会同|联合)(?=.{3})/
const JOINING = new OpeningPattern(JOINS)

/** 各区人民政府〈含开发区管委会,下同〉: who is meant by it from now on. */
const MEANT_FROM_NOW_ON = /(?<=.{2})[〈<(〔][^〈<(〔〉>)〕]{0,60}下同[〉>)〕]$/

/** Takes marks off both ends, and a bracket that says what the body does. */
function withoutMarks(listed: ListedName): ListedName {
  let from = 0
  let to = listed.name.length
  while (from < to && MARKS.holds(listed.name, from)) from++
  while (to > from && MARKS.holds(listed.name, to - 1)) to--
  let name = listed.name.slice(from, to).replace(MEANT_FROM_NOW_ON, '')
  let note = ''
  const open = name.endsWith(')') ? name.lastIndexOf('(') : name.endsWith('〕') ? name.lastIndexOf('〔') : -1
  if (open > 0 && DUTY_WORDS.test(name.slice(open))) {
    note = name.slice(open + 1, -1)
    name = name.slice(0, open)
  }
  name = withoutOthers(JOINING.test(name) ? name.replace(JOINS, '') : name)
  const marks = listed.name.length - (to - from)
  const marked = marks > 0 && /[★☆*▲△#]/.test(listed.name.slice(0, from) + listed.name.slice(to))
  return { ...listed, name, at: listed.at + from, marked, note }
}
