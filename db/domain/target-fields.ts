import { FREQUENCY_TITLES } from './dates.ts'
import { LIGHT_TITLES } from './lights.ts'
import type { Role } from './roles.ts'
import { STATE_TITLES } from './states.ts'
import {
  DEADLINE_BASIS_TITLES,
  type Kind,
  KIND_TITLES,
  type Measure,
  MEASURE_TITLES,
  type Operator,
  OPERATOR_TITLES,
  PER_TITLES,
  REPORTING_TITLES,
} from './target-terms.ts'
import type { Titles } from './vocabulary.ts'

/** What the rooms have to know of one field of a target. */
interface FieldEntry {
  /** Its name for people. */
  title: string
  /** Its vocabulary, where it holds one of a few words. */
  words?: Titles<string>
  /** The rules find it in a text: what was found is held beside what was confirmed and what holds now (三版对照). */
  found?: true
  /** A step of 校核 may change it, so that it stands in the trail of 校核 before and after. */
  reviewed?: true
  /** Kept so that a step can be taken back; it is no change that people are told of. */
  inner?: true
  /** Who may fill it in after 交办 where it is empty: a gap that is filled is no 变更, which a second person decides. */
  filledBy?: readonly Role[]
  /** It says the promised number: a target that becomes a 时间节点 or 责任分工 loses it. */
  ofNumber?: true
}

/**
 * Every field of a target that a person or a step may change, in the order in which they are listed. A NEW FIELD takes
 * an entry here, its column in db/schema/targets.ts (and a migration), and its place in the answers that show it.
 */
const TABLE = {
  kind: { title: '类别', words: KIND_TITLES, found: true, reviewed: true },
  indicator: { title: '指标', found: true, reviewed: true },
  op: { title: '比较方式', words: OPERATOR_TITLES, found: true, reviewed: true, ofNumber: true },
  value: { title: '目标值', found: true, reviewed: true, ofNumber: true },
  valueHigh: { title: '目标上限', found: true, reviewed: true, ofNumber: true },
  unit: { title: '计量单位', found: true, reviewed: true, ofNumber: true },
  measure: { title: '口径', words: MEASURE_TITLES, found: true, reviewed: true, ofNumber: true },
  per: { title: '周期', words: PER_TITLES, found: true, reviewed: true, ofNumber: true },
  deadline: { title: '完成时限', found: true, reviewed: true },
  deadlineBasis: { title: '时限依据', words: DEADLINE_BASIS_TITLES, reviewed: true, inner: true },
  deadlineWords: { title: '时限原文', reviewed: true, inner: true },
  deadlineRule: { title: '时限规则', reviewed: true, inner: true },
  baselineValue: { title: '基期值', found: true, reviewed: true, filledBy: ['supervisor'] },
  baselineUnit: { title: '基期单位', found: true, reviewed: true, filledBy: ['supervisor'] },
  baselinePeriod: { title: '基期时间', found: true, reviewed: true, filledBy: ['supervisor'] },
  startOn: { title: '起始日期', reviewed: true },
  reportFrequency: { title: '填报频次', words: FREQUENCY_TITLES, reviewed: true },
  reporting: { title: '填报方式', words: REPORTING_TITLES, reviewed: true },
  contactLeaderId: { title: '联系领导', reviewed: true },
  supervisorId: { title: '督查责任人' },
  state: { title: '办理状态', words: STATE_TITLES },
  manualLight: { title: '人工亮灯', words: LIGHT_TITLES },
  mergedIntoId: { title: '并入事项', reviewed: true, inner: true },
  droppedReason: { title: '不予立项理由', reviewed: true, inner: true },
  confirmedAt: { title: '立项时间', reviewed: true, inner: true },
} as const satisfies Record<string, FieldEntry>

export type TargetField = keyof typeof TABLE
/** The fields whose entry has this mark. */
type Marked<Mark extends keyof FieldEntry> = {
  [F in TargetField]: (typeof TABLE)[F] extends Record<Mark, true> ? F : never
}[TargetField]

const ENTRIES: Record<TargetField, FieldEntry> = TABLE
const marked = <Mark extends 'found' | 'reviewed' | 'ofNumber'>(mark: Mark) =>
  (Object.keys(TABLE) as TargetField[]).filter((field) => ENTRIES[field][mark] === true) as Marked<Mark>[]

/** What the rules find, in the order of the table. */
export const FOUND_FIELDS = marked('found')
/** What 校核 may change. */
export const REVIEWED_FIELDS = marked('reviewed')
/** What only a target with a number has. */
export const NUMBER_FIELDS = marked('ofNumber')

/** Whether somebody of the role may fill in the field after 交办 where it is empty. */
export const mayFill = (field: TargetField, role: Role): boolean => ENTRIES[field].filledBy?.includes(role) === true

/** Name of each field whose changes people are told of. */
export const FIELD_TITLES: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(ENTRIES).flatMap(([field, { title, inner }]) => (inner ? [] : [[field, title]])),
)

/** The word for a value of a field that has a vocabulary; undefined for any other. */
export const wordOf = (field: string, value: string): string | undefined =>
  field in ENTRIES ? ENTRIES[field as TargetField].words?.[value] : undefined

/** The fields of a target that have to fit together. */
export interface FittingFields {
  kind: Kind
  op: Operator | null
  value: number | null
  valueHigh: number | null
  unit: string | null
  measure: Measure | null
  deadline: string | null
  startOn: string | null
}

export interface FieldMistake {
  path: string
  message: string
}

/** What does not fit together in a target, empty where it may be stored. A milestone or duty has no number. */
export function checkTargetFields(f: FittingFields): FieldMistake[] {
  const mistakes: FieldMistake[] = []
  const say = (path: string, message: string) => mistakes.push({ path, message })
  if (f.kind === 'quantity') {
    if (f.value === null) say('value', '量化指标须有目标值')
    if (f.op === null) say('op', '量化指标须有比较方式（不低于、不高于、约、区间）')
    if (f.unit === null || f.unit === '') say('unit', '量化指标须有计量单位')
    if (f.measure === null) say('measure', '量化指标须说明是水平、增幅、降幅还是倍数')
    if (f.op === 'range' && (f.valueHigh === null || f.value === null || f.valueHigh < f.value))
      say('valueHigh', '区间目标须有不小于下限的上限')
    if (f.op !== 'range' && f.valueHigh !== null) say('valueHigh', '只有区间目标有上限')
  } else if (f.value !== null || f.valueHigh !== null || f.op !== null || f.measure !== null) {
    say('value', '时间节点和责任分工没有目标值，请改为量化指标或清空数值')
  }
  if (f.startOn !== null && f.deadline !== null && f.startOn >= f.deadline)
    say('startOn', `起始日期${f.startOn}应早于完成时限${f.deadline}`)
  return mistakes
}
