import { FREQUENCY_TITLES } from './dates.ts'
import { type Step, STEP_NAMES } from './lifecycle.ts'
import { LIGHT_TITLES } from './lights.ts'
import { STATE_TITLES } from './states.ts'
import { DEADLINE_BASIS_TITLES, KIND_TITLES, MEASURE_TITLES, OPERATOR_TITLES, PER_TITLES } from './target-terms.ts'
import type { Titles } from './vocabulary.ts'

/** What the rooms have to know of one field of a target. */
interface FieldEntry {
  /** Its name for people. */
  title: string
  /** What it holds: one of a few `words`, a number, a date (YYYY-MM-DD), an instant, a person's number, or a line of text. */
  type: 'word' | 'number' | 'date' | 'instant' | 'id' | 'text'
  /** Its vocabulary, where it holds one of a few words. */
  words?: Titles<string>
  /** How people call it where it is empty and a form lets it be. */
  none?: string
  /** Longest text that it takes. */
  most?: number
  /** It is never empty. */
  needed?: true
  /** Steps by which it is changed at once; db/domain/lifecycle.ts says who may take each of them and when. */
  by: readonly (Step | 'add' | 'import')[]
  /** Steps that ask for a change of it; it holds when 同意申请 grants it. */
  askedBy?: readonly Step[]
  /** Every list and file that shows a target says it, for a value is never shown without its comparison, unit and date. */
  listed?: true
  /** A line of the ledger's file has it, as a column of its own or in the words of the target. */
  exported?: true
  /** The rules find it in a text: what was found is held beside what was confirmed and what holds now (三版对照). */
  found?: true
  /** Kept so that a step can be taken back; it is no change that people are told of. */
  inner?: true
  /** It says the promised number: a target that becomes a 时间节点 or 责任分工 loses it. */
  ofNumber?: true
}

const REVIEW = ['mend', 'accept', 'split', 'undo', 'add', 'import'] as const
const CHANGE = ['ask-change'] as const

/**
 * Every field of a target that a person or a step may change, in the order in which they are listed. All of them are kept
 * in its versions. A NEW FIELD takes an entry here and its column in db/schema/targets.ts (with a migration); schemas, forms,
 * comparisons, lists and the story are made from the entry.
 */
const TABLE = {
  kind: {
    title: '类别',
    type: 'word',
    words: KIND_TITLES,
    needed: true,
    by: REVIEW,
    listed: true,
    exported: true,
    found: true,
  },
  indicator: {
    title: '指标',
    type: 'text',
    most: 500,
    needed: true,
    by: REVIEW,
    askedBy: CHANGE,
    listed: true,
    exported: true,
    found: true,
  },
  op: {
    title: '比较方式',
    type: 'word',
    words: OPERATOR_TITLES,
    by: REVIEW,
    askedBy: CHANGE,
    listed: true,
    exported: true,
    found: true,
    ofNumber: true,
  },
  value: {
    title: '目标值',
    type: 'number',
    by: REVIEW,
    askedBy: CHANGE,
    listed: true,
    exported: true,
    found: true,
    ofNumber: true,
  },
  valueHigh: {
    title: '目标上限',
    type: 'number',
    by: REVIEW,
    askedBy: CHANGE,
    listed: true,
    exported: true,
    found: true,
    ofNumber: true,
  },
  unit: {
    title: '计量单位',
    type: 'text',
    most: 40,
    by: REVIEW,
    askedBy: CHANGE,
    listed: true,
    exported: true,
    found: true,
    ofNumber: true,
  },
  measure: {
    title: '口径',
    type: 'word',
    words: MEASURE_TITLES,
    by: REVIEW,
    askedBy: CHANGE,
    listed: true,
    exported: true,
    found: true,
    ofNumber: true,
  },
  per: {
    title: '周期',
    type: 'word',
    words: PER_TITLES,
    none: '不按周期',
    by: REVIEW,
    askedBy: CHANGE,
    listed: true,
    exported: true,
    found: true,
    ofNumber: true,
  },
  deadline: {
    title: '完成时限',
    type: 'date',
    by: REVIEW,
    askedBy: ['ask-extension'],
    listed: true,
    exported: true,
    found: true,
  },
  deadlineBasis: {
    title: '时限依据',
    type: 'word',
    words: DEADLINE_BASIS_TITLES,
    needed: true,
    by: REVIEW,
    inner: true,
  },
  deadlineWords: { title: '时限原文', type: 'text', by: REVIEW, inner: true },
  deadlineRule: { title: '时限规则', type: 'text', by: [...REVIEW, 'grant'], inner: true },
  baselineValue: { title: '基期值', type: 'number', by: REVIEW, askedBy: CHANGE, found: true },
  baselineUnit: { title: '基期单位', type: 'text', most: 40, by: REVIEW, askedBy: CHANGE, found: true },
  baselinePeriod: { title: '基期时间', type: 'text', most: 80, by: REVIEW, askedBy: CHANGE, found: true },
  startOn: { title: '起始日期', type: 'date', by: [...REVIEW, 'assign'] },
  reportFrequency: {
    title: '填报频次',
    type: 'word',
    words: FREQUENCY_TITLES,
    none: '不定期',
    by: [...REVIEW, 'assign', 'reassign'],
    askedBy: CHANGE,
  },
  contactLeaderId: { title: '联系领导', type: 'id', by: [...REVIEW, 'assign', 'reassign'] },
  supervisorId: { title: '督查责任人', type: 'id', by: ['assign', 'reassign'] },
  state: {
    title: '办理状态',
    type: 'word',
    words: STATE_TITLES,
    needed: true,
    by: STEP_NAMES,
    askedBy: ['ask-suspension'],
    listed: true,
    exported: true,
  },
  manualLight: { title: '人工亮灯', type: 'word', words: LIGHT_TITLES, by: ['set-light'], exported: true },
  manualLightReason: { title: '调整亮灯理由', type: 'text', most: 500, by: ['set-light'], inner: true },
  confirmedAt: { title: '立项时间', type: 'instant', by: ['accept', 'undo', 'add'], inner: true },
  assignedAt: { title: '交办时间', type: 'instant', by: ['assign', 'reassign', 'recall'], inner: true },
  signedAt: { title: '签收时间', type: 'instant', by: ['sign', 'reassign', 'recall'], inner: true },
  metAt: { title: '办结时间', type: 'instant', by: ['meet', 'reopen'], inner: true },
  metBy: { title: '办结人', type: 'id', by: ['meet', 'reopen'], inner: true },
  closedAt: { title: '销号时间', type: 'instant', by: ['close', 'reopen'], inner: true },
  closedBy: { title: '销号人', type: 'id', by: ['close', 'reopen'], inner: true },
  mergedIntoId: { title: '并入事项', type: 'id', by: ['merge', 'undo'], inner: true },
  droppedReason: { title: '不予立项理由', type: 'text', by: ['drop', 'split', 'undo'], inner: true },
  suspendedFrom: { title: '中止前状态', type: 'word', words: STATE_TITLES, by: ['grant', 'resume'], inner: true },
} as const satisfies Record<string, FieldEntry>

type Table = typeof TABLE
export type TargetField = keyof Table

/** What a field holds, not counting that it may be empty. */
type Held<F extends TargetField> = Table[F] extends { words: Titles<infer Word> }
  ? Word
  : Table[F] extends { type: 'number' | 'id' }
    ? number
    : string
/** The fields of a target as they are stored and sent: null where one is empty. */
export type FieldValues = {
  [F in TargetField]: Table[F] extends { needed: true } ? Held<F> : Held<F> | null
}

type Marked<Mark extends keyof FieldEntry> = {
  [F in TargetField]: Table[F] extends Record<Mark, true> ? F : never
}[TargetField]
type ChangedBy<S extends Step, How extends 'by' | 'askedBy'> = {
  [F in TargetField]: Table[F] extends Record<How, readonly (infer Steps)[]> ? (S extends Steps ? F : never) : never
}[TargetField]

/** The entry of a field. */
export const fieldEntry = (field: TargetField): FieldEntry => TABLE[field]

/** Every field, in the order of the table. */
export const TARGET_FIELDS = Object.keys(TABLE) as TargetField[]
const marked = <Mark extends 'found' | 'listed' | 'exported' | 'ofNumber'>(mark: Mark) =>
  TARGET_FIELDS.filter((field) => fieldEntry(field)[mark] === true) as Marked<Mark>[]
const changedBy = <S extends Step, How extends 'by' | 'askedBy'>(step: S, how: How) =>
  TARGET_FIELDS.filter((field) =>
    (fieldEntry(field)[how] as readonly string[] | undefined)?.includes(step),
  ) as ChangedBy<S, How>[]

/** What the rules find, in the order of the table. */
export const FOUND_FIELDS = marked('found')
/** What every list says of a target. */
export const LISTED_FIELDS = marked('listed')
/** What is promised: what every list says of a target, apart from where it stands in its life. */
export const PROMISED_FIELDS = LISTED_FIELDS.filter((field) => field !== 'state') as Exclude<
  Marked<'listed'>,
  'state'
>[]
/** What a line of the ledger's file has. */
export const EXPORTED_FIELDS = marked('exported')
/** What only a target with a number has. */
export const NUMBER_FIELDS = marked('ofNumber')
/** What 校核 may change, by hand or as a consequence: 撤销 takes all of it back, apart from the state. */
export const REVIEWED_FIELDS = changedBy('undo', 'by').filter((field) => field !== 'state') as Exclude<
  ChangedBy<'undo', 'by'>,
  'state'
>[]
/** What a person may type in 校核: what is told of, save the state. */
export const MENDED_FIELDS = changedBy('mend', 'by').filter(
  (field) => field !== 'state' && fieldEntry(field).inner !== true,
) as Exclude<ChangedBy<'mend', 'by'>, 'state' | Marked<'inner'>>[]
/** What 变更 may ask for: what is promised, not who answers for it (改派) nor until when (延期). */
export const CHANGEABLE_FIELDS = changedBy('ask-change', 'askedBy')

/** Some fields of a target, without what else the record has. */
export const pickFields = <F extends TargetField, T extends Record<F, unknown>>(
  target: T,
  fields: readonly F[],
): Pick<T, F> => Object.fromEntries(fields.map((field) => [field, target[field]])) as Pick<T, F>

/** Some fields, all of them empty. */
export const emptyFields = <F extends TargetField>(fields: readonly F[]): Record<F, null> =>
  Object.fromEntries(fields.map((field) => [field, null])) as Record<F, null>

/** Name of each field whose changes people are told of. */
export const FIELD_TITLES: Readonly<Record<string, string>> = Object.fromEntries(
  TARGET_FIELDS.flatMap((field) => (fieldEntry(field).inner ? [] : [[field, fieldEntry(field).title]])),
)

/** The word for a value of a field that has a vocabulary; undefined for any other. */
export const wordOf = (field: string, value: string): string | undefined =>
  field in TABLE ? fieldEntry(field as TargetField).words?.[value] : undefined

/** The fields of a target that have to fit together. */
type FittingFields = Pick<
  FieldValues,
  'kind' | 'op' | 'value' | 'valueHigh' | 'unit' | 'measure' | 'deadline' | 'startOn'
>

interface FieldMistake {
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
