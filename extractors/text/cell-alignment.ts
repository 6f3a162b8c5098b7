import { isAmountHeader } from '../lexicon/table-headers.ts'
import type { ColumnRole } from '../structure/types.ts'
import { isUnitName, splitNames } from '../structure/unit-names.ts'
import { readUnit } from '../parsers/unit-of-measure.ts'

/** A column as its header tells it. */
export interface CellColumn {
  role: ColumnRole
  /** Whether it holds bodies, though they may answer for nothing (评分部门). */
  holdsBodies: boolean
  header: string
}

const isUnitRole = (role: ColumnRole): boolean => role === 'lead' || role === 'responsible' || role === 'support'

export const cellColumn = (role: ColumnRole, header: string): CellColumn => ({
  role,
  holdsBodies: isUnitRole(role) || (role === 'other' && /(?:部门|单位|处室|科室|主体)$/.test(header)),
  header,
})

/** Whether a column holds titles of documents: 参考文件, 任务来源. */
export const holdsDocuments = ({ role, header }: CellColumn): boolean =>
  (role === 'other' || role === 'note') && DOCUMENTS.test(header)

const BODY_LIKE =
  /(?:[局委厅部办府院会队社行区县镇组署所站校司位道等]|中心|集团|部门|单位|牵头|负责|配合|落实|参与|实施|推进|抓总|[主承协]办)[)〕\]】]?$|[、,]$/
/** 大气处, 综合科、法规科: parts of one office, as its own tables name them. */
export const OFFICES = /^[\u4e00-\u9fff、]{1,14}[处科室股]$/
export const isBodyLike = (text: string): boolean => BODY_LIKE.test(text) || OFFICES.test(text)
/** 新建区青少年活动中心。: what is to be done with a body, not the body. */
const DOES = /。$|^(?:新建|改建|扩建|迁建|建成|建设|开工|启动|完成|推进|加快|实施|组建|成立|打造|提升|改造)/
export const TIME_LIKE =
  /年|月|季度|持续|长期|全年|底前|常态|立即|立行|即[日时]|适时|已完成|^20\d\d[./-](?:1[0-2]|0?[1-9])$|^20\d\d(?:[—~至-]{1,2}20\d\d)?$/
/** 2021.12, 11月底前, 2027年内, 二季度末: a time and nothing else is no task. */
const TIME_ALONE =
  /^(?:20\d\d[./-](?:1[0-2]|0?[1-9])|(?=.{0,6}[年月季])(?:20\d\d年|[今明]年)?(?:(?:1[0-2]|0?[1-9])月|第?[一二三四1-4]季度|[上下]半年|年)?(?:[份底末内]|[上中下]旬)?(?:[之以]?前)?)$/
export const VALUE_LIKE = /^[-—≥≤<>~约〔[(]*(?:\d|—$|-$|\/$)|^[-—/]+$/

/** What a column that no line stands in costs, and a second line in one cell. */
const EMPTY = 0.7
const SECOND_LINE = 1.2
const SECOND_NARROW = 0.9
const WIDER = 3
/** Characters of a line of a narrow column. */
const MOST_OF_NARROW = 8
const SECOND_BODY = 0.1
/** One leads, several help. */
const SECOND_LEAD = 0.2
/** A unit below its value fits the column of values badly by itself. */
const UNIT_BELOW = -3
/** Bodies side by side are rather of the column of those who answer. */
const SECOND_BODY_OF_OTHER = 0.4

export const isBodies = (text: string): boolean => {
  const names = splitNames(text)
  return names.length > 0 && names.every(({ name }) => isUnitName(name))
}

/** How an alignment judges: what a line gains in a column, and what it costs beside the line above it. */
export interface Judge {
  /** Above 0 where words fit the column; `at` counts columns from the first that are aligned. */
  fit: (column: CellColumn, text: string, at: number) => number
  /** The cost of standing in the same cell as the line above. */
  second: (column: CellColumn, above: string, own: string) => number
  /** The cost of standing in another cell than the line above. */
  next: (above: string, own: string) => number
}

/** What a line costs that stands in the same cell as the one above it. */
function secondLine({ role, holdsBodies }: CellColumn, above: string, own: string): number {
  // 130.5 / 平方公里: a value, and its unit below it.
  if ((role === 'value' || role === 'baseline') && VALUE_LIKE.test(above) && isMeasure(own)) return UNIT_BELOW
  if (holdsBodies) return role === 'other' ? SECOND_BODY_OF_OTHER : role === 'lead' ? SECOND_LEAD : SECOND_BODY
  // The lines of a cell are about as wide as its column.
  if (above.length > MOST_OF_NARROW) return SECOND_LINE
  return own.length <= MOST_OF_NARROW ? SECOND_NARROW : own.length > 3 * above.length ? WIDER : SECOND_LINE
}

/** How well words fit a column: above 0 where they do. */
export function fit({ role, holdsBodies, header }: CellColumn, text: string): number {
  if (holdsBodies)
    return DOES.test(text) || OF_DOCUMENT.test(text) ? -3 : isBodies(text) ? 3 : isBodyLike(text) ? 1 : -3
  if (role === 'value' || role === 'baseline')
    return VALUE_LIKE.test(text) ? 3 : /\d/.test(text) ? 1 : text.length <= 8 ? -0.5 : -2
  if (role === 'unit')
    return text === '-' || text === '—' || text === '/' ? 1 : isMeasure(text) ? 3 : UNIT_LIKE.test(text) ? 0.5 : -3
  if (role === 'deadline') return TIME_LIKE.test(text) && text.length <= 24 ? 3 : -3
  if (role === 'task' && COUNTED.test(header)) return VALUE_LIKE.test(text) ? 3 : -2
  if (role === 'indicator' || role === 'task')
    return (VALUE_LIKE.test(text) && !/[\u4e00-\u9fff]{2}/.test(text)) || TIME_ALONE.test(text)
      ? -3
      : (isBodies(text) || OFFICES.test(text)) && !DOES.test(text)
        ? -2
        : text.length >= 3
          ? 1.5
          : -1
  if (isAmountHeader(header)) return VALUE_LIKE.test(text) ? 3 : /\d/.test(text) ? 0.5 : -2
  if (ATTRIBUTES.test(header) && KIND_OF_INDICATOR.test(text)) return 3
  return !DOCUMENTS.test(header) ? 0 : OF_DOCUMENT.test(text) ? 3 : isBodies(text) ? -2 : 0
}

/** 签约项目(个): how many, not which. */
const COUNTED = /\([万千百]?(?:[个家项人户亩座处套件吨辆台株头只张所名次场宗%]|人次|公里|公顷|平方米|立方米)\)$/

/** 约束性 and 预期性 stand in the column of that name. */
const ATTRIBUTES = /属性|类型|性质/
const KIND_OF_INDICATOR = /^(?:约束|预期|指导|引导|预测|控制)[性型]$/
/** 《云川市绿地规划》, 护林行动方案》, (云府发〔2027〕3号): the title of a document or a line of it, no body. */
export const OF_DOCUMENT = /^《|》[、;)]?$|》[、,]《|^\([^()]{1,12}〔20\d\d〕/
const DOCUMENTS = /文件|依据|来源|出处|政策/
/** 条(段), 块(条): what is counted, in words that no list of units holds. */
const UNIT_LIKE = /^[\u4e00-\u9fff]{1,3}(?:[(/][\u4e00-\u9fff]{1,3}\)?)?$/

const isMeasure = (text: string): boolean => text.length <= 8 && (readUnit(text, 0)?.end ?? 0) === text.length

/**
 * Puts the lines of one row into its columns: each line into the column of the line before or one further on, so that they
 * fit best. Cells may be empty and may have several lines.
 * @returns the column of each line
 */
export function alignCells(lines: readonly string[], columns: readonly CellColumn[], judge: Judge = USUAL): number[] {
  const best: { score: number; from: number }[][] = []
  lines.forEach((text, line) => {
    best.push(
      columns.map((column, at) => {
        const own = judge.fit(column, text, at)
        if (line === 0) return { score: own - EMPTY * at, from: -1 }
        let found = { score: -Infinity, from: -1 }
        const above = lines[line - 1] as string
        const same = judge.second(column, above, text)
        const next = judge.next(above, text)
        for (let from = 0; from <= at; from++) {
          const before = (best[line - 1] as { score: number }[])[from] as { score: number }
          const cost = from === at ? same : next + EMPTY * (at - from - 1)
          if (before.score - cost > found.score) found = { score: before.score - cost, from }
        }
        return { score: found.score + own, from: found.from }
      }),
    )
  })
  const last = best.at(-1) ?? []
  let column = 0
  last.forEach(({ score }, at) => {
    const whole = score - EMPTY * (columns.length - 1 - at)
    const known = (last[column] as { score: number }).score - EMPTY * (columns.length - 1 - column)
    if (whole > known) column = at
  })
  const placed: number[] = []
  for (let line = lines.length - 1; line >= 0; line--) {
    placed.unshift(column)
    column = (best[line]?.[column] as { from: number } | undefined)?.from ?? 0
  }
  return placed
}

const USUAL: Judge = { fit, second: secondLine, next: () => 0 }

/** Whether words contradict the column they stand in. */
export const contradicts = (column: CellColumn, text: string): boolean => fit(column, text) < 0
