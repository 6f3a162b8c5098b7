import { FREQUENCY_TITLES } from './dates.ts'
import type { LedgerColumn } from './ledger-columns.ts'
import { type Step, STEP_NAMES } from './lifecycle.ts'
import { LIGHT_TITLES } from './lights.ts'
import type { Role } from './roles.ts'
import { STATE_TITLES } from './states.ts'
import type { RequestKind } from './supervision-terms.ts'
import {
  DEADLINE_BASIS_TITLES,
  KIND_TITLES,
  MEASURE_TITLES,
  OPERATOR_TITLES,
  PER_TITLES,
  REPORTING_TITLES,
  ROLL_UP_TITLES,
} from './target-terms.ts'
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
  /** What a form says under it. */
  hint?: string
  /** Longest text that it takes. */
  most?: number
  /** It is never empty. */
  needed?: true
  /** It names somebody of this role. */
  person?: Role
  /** Steps that change it at once; db/domain/lifecycle.ts says who may take each of them and when. No other step may. */
  changedBy: readonly (Step | 'add' | 'import')[]
  /** Kind of the request that asks for another value; it holds when 同意申请 grants it. */
  requested?: RequestKind
  /**
   * Where an answer says it: in every list that shows a target (for a value is never shown without its comparison, unit and
   * date), or only on the page of the one target.
   */
  shown?: 'list' | 'page'
  /** The column of the ledger under which it stands; the ledger's file has a column for it alone. */
  column?: LedgerColumn
  /** The rules find it in a text: what was found is held beside what was confirmed and what holds now (三版对照). */
  found?: true
  /** Kept so that a step can be taken back; it is not listed among the changes that people see. */
  inner?: true
  /** It says the promised number: a target that becomes a 时间节点 or 责任分工 loses it. */
  ofNumber?: true
}

const REVIEW = ['mend', 'accept', 'split', 'undo', 'add', 'import'] as const

/**
 * Every field of a target that a person or a step may change, in the order in which they are listed. All of them are kept
 * in its versions. A NEW FIELD takes an entry here and its column in db/schema/targets.ts (with a migration); schemas, forms,
 * comparisons, lists, the columns of files and the story are made from the entry.
 */
const TABLE = {
  kind: {
    title: '类别',
    type: 'word',
    words: KIND_TITLES,
    needed: true,
    changedBy: REVIEW,
    shown: 'list',
    column: 'kind',
    found: true,
  },
  indicator: {
    title: '指标',
    type: 'text',
    most: 500,
    needed: true,
    changedBy: REVIEW,
    requested: 'change',
    shown: 'list',
    column: 'indicator',
    found: true,
  },
  op: {
    title: '比较方式',
    type: 'word',
    words: OPERATOR_TITLES,
    changedBy: REVIEW,
    requested: 'change',
    shown: 'list',
    column: 'target',
    found: true,
    ofNumber: true,
  },
  value: {
    title: '目标值',
    type: 'number',
    changedBy: REVIEW,
    requested: 'change',
    shown: 'list',
    column: 'target',
    found: true,
    ofNumber: true,
  },
  valueHigh: {
    title: '目标上限',
    type: 'number',
    changedBy: REVIEW,
    requested: 'change',
    shown: 'list',
    column: 'target',
    found: true,
    ofNumber: true,
  },
  unit: {
    title: '计量单位',
    type: 'text',
    hint: '比、系数、指数等没有单位的不填',
    most: 40,
    changedBy: REVIEW,
    requested: 'change',
    shown: 'list',
    column: 'target',
    found: true,
    ofNumber: true,
  },
  measure: {
    title: '口径',
    type: 'word',
    words: MEASURE_TITLES,
    changedBy: REVIEW,
    requested: 'change',
    shown: 'list',
    column: 'target',
    found: true,
    ofNumber: true,
  },
  per: {
    title: '周期',
    type: 'word',
    words: PER_TITLES,
    none: '不按周期',
    changedBy: REVIEW,
    requested: 'change',
    shown: 'list',
    column: 'target',
    found: true,
    ofNumber: true,
  },
  deadline: {
    title: '完成时限',
    type: 'date',
    changedBy: REVIEW,
    requested: 'extension',
    shown: 'list',
    column: 'deadline',
    found: true,
  },
  deadlineBasis: {
    title: '时限依据',
    type: 'word',
    words: DEADLINE_BASIS_TITLES,
    needed: true,
    changedBy: REVIEW,
    inner: true,
    shown: 'page',
  },
  deadlineWords: { title: '时限原文', type: 'text', changedBy: REVIEW, inner: true, shown: 'page' },
  deadlineRule: { title: '时限规则', type: 'text', changedBy: [...REVIEW, 'grant'], inner: true, shown: 'page' },
  baselineValue: {
    title: '基期值',
    type: 'number',
    changedBy: [...REVIEW, 'fill'],
    requested: 'change',
    shown: 'page',
    found: true,
  },
  baselineUnit: {
    title: '基期单位',
    type: 'text',
    most: 40,
    changedBy: [...REVIEW, 'fill'],
    requested: 'change',
    shown: 'page',
    found: true,
  },
  baselinePeriod: {
    title: '基期时间',
    type: 'text',
    most: 80,
    changedBy: [...REVIEW, 'fill'],
    requested: 'change',
    shown: 'page',
    found: true,
  },
  startOn: {
    title: '起始日期',
    type: 'date',
    hint: '序时进度从这一天算起；不填则用发文日期',
    changedBy: [...REVIEW, 'assign'],
    shown: 'page',
  },
  reportFrequency: {
    title: '填报频次',
    type: 'word',
    words: FREQUENCY_TITLES,
    none: '不定期',
    changedBy: [...REVIEW, 'assign', 'reassign'],
    requested: 'change',
    shown: 'page',
  },
  reporting: {
    title: '填报方式',
    hint: '有几个单位承办时，由谁填报',
    type: 'word',
    words: REPORTING_TITLES,
    needed: true,
    changedBy: [...REVIEW, 'assign', 'reassign'],
    requested: 'change',
    shown: 'page',
  },
  rollUp: {
    title: '汇总方式',
    hint: '各单位分别填报时，怎样汇总成整个事项',
    type: 'word',
    words: ROLL_UP_TITLES,
    needed: true,
    changedBy: [...REVIEW, 'assign', 'reassign', 'break-down'],
    requested: 'change',
    shown: 'page',
  },
  supervisorId: {
    title: '督查责任人',
    type: 'id',
    person: 'supervisor',
    none: '不指定',
    changedBy: ['assign', 'reassign'],
  },
  contactLeaderId: {
    title: '联系领导',
    type: 'id',
    person: 'leader',
    none: '不指定',
    changedBy: [...REVIEW, 'assign', 'reassign'],
  },
  state: {
    title: '办理状态',
    type: 'word',
    words: STATE_TITLES,
    needed: true,
    changedBy: STEP_NAMES,
    requested: 'suspension',
    shown: 'list',
    column: 'state',
  },
  manualLight: { title: '人工亮灯', type: 'word', words: LIGHT_TITLES, changedBy: ['set-light'], column: 'light' },
  manualLightReason: {
    title: '人工亮灯理由',
    type: 'text',
    most: 500,
    changedBy: ['set-light'],
    inner: true,
    shown: 'page',
  },
  confirmedAt: { title: '立项时间', type: 'instant', changedBy: ['accept', 'undo', 'add'], inner: true },
  assignedAt: { title: '交办时间', type: 'instant', changedBy: ['assign', 'reassign', 'recall'], inner: true },
  signedAt: { title: '签收时间', type: 'instant', changedBy: ['sign', 'reassign', 'recall'], inner: true },
  metAt: { title: '办结时间', type: 'instant', changedBy: ['meet', 'reopen'], inner: true },
  metBy: { title: '办结人', type: 'id', changedBy: ['meet', 'reopen'], inner: true },
  closedAt: { title: '销号时间', type: 'instant', changedBy: ['close', 'reopen'], inner: true },
  closedBy: { title: '销号人', type: 'id', changedBy: ['close', 'reopen'], inner: true },
  mergedIntoId: { title: '并入事项', type: 'id', changedBy: ['merge', 'undo'], inner: true },
  droppedReason: { title: '不予立项理由', type: 'text', changedBy: ['drop', 'undo'], inner: true },
  suspendedFrom: {
    title: '中止前状态',
    type: 'word',
    words: STATE_TITLES,
    changedBy: ['grant', 'resume'],
    inner: true,
  },
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

/** The fields whose entry says this of them. */
type Marked<Mark extends keyof FieldEntry, Said = true> = {
  [F in TargetField]: Table[F] extends Record<Mark, Said> ? F : never
}[TargetField]
/** The fields that a step may change, save the state, which the life cycle decides; 同意申请 changes what was asked for too. */
type FieldChangedBy<S extends Step> = {
  [F in Exclude<TargetField, 'state'>]: S extends Table[F]['changedBy'][number]
    ? F
    : S extends 'grant'
      ? Table[F] extends { requested: RequestKind }
        ? F
        : never
      : never
}[Exclude<TargetField, 'state'>]
/** Changes of a step: of the fields it may change, and of no other. */
export type ChangesBy<S extends Step> = { [F in FieldChangedBy<S>]?: FieldValues[F] } & {
  [F in Exclude<TargetField, FieldChangedBy<S>>]?: never
}

/** Values that a request asks for. */
export type RequestedChanges = Partial<Pick<FieldValues, Marked<'requested', RequestKind>>>

/** The entry of a field. */
export const fieldEntry = (field: TargetField): FieldEntry => TABLE[field]

/** Every field, in the order of the table. */
export const TARGET_FIELDS = Object.keys(TABLE) as TargetField[]
const fieldsWith = <F extends TargetField>(accept: (entry: FieldEntry) => boolean) =>
  TARGET_FIELDS.filter((field) => accept(fieldEntry(field))) as F[]
const isChangedBy = (entry: FieldEntry, step: Step) => (entry.changedBy as readonly string[]).includes(step)

/** What the rules find, in the order of the table. */
export const FOUND_FIELDS = fieldsWith<Marked<'found'>>(({ found }) => found === true)
/** What every list says of a target. */
export const LISTED_FIELDS = fieldsWith<Marked<'shown', 'list'>>(({ shown }) => shown === 'list')
/** What only the page of a target says of it. */
export const DETAIL_FIELDS = fieldsWith<Marked<'shown', 'page'>>(({ shown }) => shown === 'page')
/** What is promised: what every list says of a target, apart from where it stands in its life. */
export const PROMISED_FIELDS = LISTED_FIELDS.filter((field) => field !== 'state') as Exclude<
  Marked<'shown', 'list'>,
  'state'
>[]
/** What a row of the ledger has, on its page and in its file. */
export const LEDGER_FIELDS = fieldsWith<Marked<'column', LedgerColumn>>(({ column }) => column !== undefined)
/** What only a target with a number has. */
export const NUMBER_FIELDS = fieldsWith<Marked<'ofNumber'>>(({ ofNumber }) => ofNumber === true)
/** What 校核 may change, by hand or as a consequence: 撤销 takes all of it back, apart from the state. */
export const REVIEWED_FIELDS = stepFields('undo')
/** What a person may type in 校核. */
export const MENDED_FIELDS = typedFields('mend')
/** What is said with 交办, and with 改派: who follows the target, and how it is reported on. */
export const ASSIGNED_FIELDS = typedFields('assign')
export const REASSIGNED_FIELDS = typedFields('reassign')
/** What 变更 may ask for: what is promised, not who answers for it (改派) nor until when (延期). */
export const CHANGEABLE_FIELDS = fieldsWith<Marked<'requested', 'change'>>(({ requested }) => requested === 'change')
/** What may be filled in after 交办 where it is empty (补充基期): a gap that is filled is no 变更, which a second person decides. */
export const FILLED_FIELDS = typedFields('fill')

/** What names a person. */
export const PERSON_FIELDS = fieldsWith<Marked<'person', Role>>(({ person }) => person !== undefined)

/** What a step may change, save the state. */
function stepFields<S extends Step>(step: S): FieldChangedBy<S>[] {
  return fieldsWith<FieldChangedBy<S>>((entry) => isChangedBy(entry, step)).filter((field) => String(field) !== 'state')
}
/** What a person may type with a step. */
function typedFields<S extends Step>(step: S): Exclude<FieldChangedBy<S>, Marked<'inner'>>[] {
  return stepFields(step).filter((field) => fieldEntry(field).inner !== true) as Exclude<
    FieldChangedBy<S>,
    Marked<'inner'>
  >[]
}

/** Some fields of a target, without what else the record has. */
export const pickFields = <F extends TargetField, T extends Record<F, unknown>>(
  target: T,
  fields: readonly F[],
): Pick<T, F> => {
  const picked: Partial<Pick<T, F>> = {}
  for (const field of fields) picked[field] = target[field] // of every row of every list: quicker than by entries
  return picked as Pick<T, F>
}

/** Some fields, all of them empty. */
export const emptyFields = <F extends TargetField>(fields: readonly F[]): Record<F, null> =>
  Object.fromEntries(fields.map((field) => [field, null])) as Record<F, null>

/** Name of each field whose changes people see. */
export const FIELD_TITLES: Readonly<Record<string, string>> = Object.fromEntries(
  TARGET_FIELDS.flatMap((field) => (fieldEntry(field).inner ? [] : [[field, fieldEntry(field).title]])),
)

/** The word for a value of a field that has a vocabulary; undefined for any other. */
export const wordOf = (field: string, value: string): string | undefined =>
  field in TABLE ? fieldEntry(field as TargetField).words?.[value] : undefined

/** The fields of a target that have to fit together. */
type FittingFields = Pick<
  FieldValues,
  'kind' | 'indicator' | 'op' | 'value' | 'valueHigh' | 'unit' | 'measure' | 'deadline' | 'startOn'
>

interface FieldMistake {
  path: string
  message: string
}

/** Whether what an indicator counts has no unit: 城乡居民收入比, 灌溉水有效利用系数. Such a name ends in what it is. */
const isPureNumber = (indicator: string): boolean =>
  /(?:比|比值|比率|比例|系数|指数|倍数|倍率|弹性|得分|评分)$/.test(indicator)

/** What does not fit together in a target, empty where it may be stored. A milestone or duty has no number. */
export function checkTargetFields(f: FittingFields): FieldMistake[] {
  const mistakes: FieldMistake[] = []
  const say = (path: string, message: string) => mistakes.push({ path, message })
  if (f.kind === 'quantity') {
    if (f.value === null) say('value', '量化指标须有目标值')
    if (f.op === null) say('op', '量化指标须有比较方式（不低于、不高于、约、区间）')
    if ((f.unit === null || f.unit === '') && !isPureNumber(f.indicator))
      say('unit', '量化指标须有计量单位；只有比、系数、指数等可以没有')
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
