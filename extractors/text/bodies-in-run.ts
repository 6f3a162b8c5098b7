import { DEPARTMENTS, OFFICE_ENDINGS, STANDING_NAMES } from '../lexicon/departments.ts'
import { anyOf } from '../parsers/word-finder.ts'
import { endsLikeUnit } from '../structure/unit-names.ts'

/**
 * Names of bodies at the end of words that run into them without a mark: 新建公园3处**县林业局县财政局、各乡镇人民政府**. Only names
 * that begin with a level of government and a known field tell where the words before them end.
 */

/** Names that 、 joins are of one cell; where nothing parts two names, another cell begins. Offsets into the words. */
interface BodyCell {
  from: number
  to: number
}

const FIELDS = anyOf(DEPARTMENTS.flatMap(({ names }) => [...names]))
const LEVEL = '(?:[省市县区州旗盟](?:直|级)?)'
/** A body that is known wherever it begins. */
const SURE = new RegExp(
  [
    `${LEVEL}(?:${FIELDS})(?:管理|监督|监察|工作|事务|发展|开发)?(?:${anyOf(OFFICE_ENDINGS)})`,
    `${LEVEL}(?:委|人大|政协|政府)(?:[\\u4e00-\\u9fff]{2,3}部|办公?[厅室]?|督查室|研究室|政法委|编办|网信办|改革办)`,
    `${LEVEL}(?:纪委监委|人民法院|法院|人民检察院|检察院|总工会|妇联|科协|残联|文联|团委|供销社|融媒体中心|人民政府|委|政府)`,
    `(?:各|有关|相关)(?:[省市县区州旗盟乡镇街、()]|街道|办事处|开发区|园区)+(?:人民政府|政府|办事处|管委会|党委)?`,
    `${LEVEL}(?:经济技术开发区|经济开发区|高新技术产业开发区|开发区|高新区|经开区|工业园区?|产业园区?|园区|新区|景区)(?:管委会|管理委员会)`,
    `(?:各|有关|相关)(?:部门|单位|责任单位|成员单位|委办局|科室|处室)`,
    anyOf(STANDING_NAMES.filter(({ length }) => length > 3)),
  ].join('|'),
  'y',
)
const JOINT = /[、,]/
const LEVEL_OR_ALL = /[省市县区州旗盟各有相国中全]/
const LONGEST_NAME = 24

/** The cells of bodies that end the words, from the first on; empty where none do. */
export function bodiesAtEnd(words: string): BodyCell[] {
  for (let at = 0; at < words.length; at++) {
    if (!LEVEL_OR_ALL.test(words[at] as string)) continue
    const cells = cellsFrom(words, at)
    if (cells) return cells
  }
  return []
}

/** The cells from an offset to the end; null where anything but names stands there. */
function cellsFrom(words: string, from: number): BodyCell[] | null {
  const cells: BodyCell[] = []
  let joined = false
  for (let at = from; at < words.length;) {
    const end = sureEnd(words, at) ?? (joined ? listedEnd(words, at) : null)
    if (end === null) return null
    if (joined) (cells.at(-1) as BodyCell).to = end
    else cells.push({ from: at, to: end })
    joined = JOINT.test(words[end] ?? '')
    at = joined ? end + 1 : end
    while (!joined && words[at] === ' ') at++
  }
  return joined ? null : cells
}

function sureEnd(words: string, at: number): number | null {
  SURE.lastIndex = at
  return SURE.exec(words) ? SURE.lastIndex : null
}

/** Behind a joint any name may stand, up to the next joint or the end. */
function listedEnd(words: string, at: number): number | null {
  const length = words.slice(at, at + LONGEST_NAME + 1).search(/[、,]|$/)
  return length > 1 && length <= LONGEST_NAME && endsLikeUnit(words.slice(at, at + length)) ? at + length : null
}
