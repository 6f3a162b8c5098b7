import { ORDER_COLOR_TITLES, ORDER_COLORS, ORDER_REASONS } from '../../../../db/domain/supervision-terms.ts'
import { addDays } from '../../../../db/domain/dates.ts'
import { LIGHTS, LIGHT_TITLES, type Light } from '../../../../db/domain/lights.ts'
import { fieldEntry } from '../../../../db/domain/target-fields.ts'
import type { StepName } from '../../api/steps.ts'

type FieldKind = 'text' | 'line' | 'date' | 'choice' | 'unit' | 'number'

export interface StepField {
  key: string
  word: string
  kind: FieldKind
  optional?: boolean
  hint?: string
  options?: readonly { value: string; word: string }[]
  /** A date that begins as the end of so many working days from today, or of those that the setting 督办单 names. */
  limit?: number | 'setting'
  /** Value at the beginning; dates are counted from today. */
  initial?: (now: string) => string
  /** Only shown where the item brings what it begins with. */
  ifPrefilled?: true
  /** First and last day that may be chosen. */
  min?: (now: string, deadline: string | null | undefined) => string | undefined
  max?: (now: string) => string
}

/** What the form of a step says; its title is the life cycle's (`ruleOf(step).title`). */
interface StepForm {
  /** What the button says: the deed, not "确定". */
  verb: string
  /** What happens then and who is told. */
  lead: string
  done: string
  danger?: boolean
  /** Files may go along. */
  evidence?: boolean
  fields: readonly StepField[]
}

const reason = (word = '理由', hint?: string): StepField => ({ key: 'reason', word, kind: 'text', hint })
const text = (word: string, hint?: string): StepField => ({ key: 'text', word, kind: 'text', hint })
const toUnit = (hint = '不选则发给全部牵头（责任）单位'): StepField => ({
  key: 'unitId',
  word: '发给',
  kind: 'unit',
  optional: true,
  hint,
})
const dueOn = (word: string, workingDays: number | 'setting'): StepField => ({
  key: 'dueOn',
  word,
  kind: 'date',
  limit: workingDays,
  min: (now) => now,
})
const conclusion = (hint: string): StepField => ({
  key: 'conclusion',
  word: '结论',
  kind: 'text',
  optional: true,
  hint,
})
const lights = LIGHTS.map((light: Light) => ({ value: light, word: LIGHT_TITLES[light] }))

export type SimpleStep = Exclude<
  StepName,
  | 'mend'
  | 'merge'
  | 'split'
  | 'undo'
  | 'draft'
  | 'submit'
  | 'assign'
  | 'reassign'
  | 'break-down'
  | 'ask-change'
  | 'record-part'
>

/** The steps whose form is a few fields. 交办, 分解, 变更 and 填报 have their own. */
export const STEP_FORMS: Record<SimpleStep, StepForm> = {
  accept: { verb: '立项', lead: '立项之后即纳入台账，可以交办。', done: '已立项', fields: [] },
  drop: {
    verb: '不予立项',
    lead: '不再列入台账；理由留存，以后可以查到。',
    done: '已不予立项',
    danger: true,
    fields: [reason()],
  },
  sign: {
    verb: '签收',
    lead: '签收表示本单位已收到并承办，督查室会看到签收时间。签收之后即可填报。',
    done: '已签收',
    fields: [],
  },
  recall: {
    verb: '撤回交办',
    lead: '单位尚未签收完，可以撤回重新交办。',
    done: '已撤回交办',
    danger: true,
    fields: [reason()],
  },
  urge: {
    verb: '催办',
    lead: '单位会在消息中收到，次数和内容都会留存。',
    done: '已催办',
    fields: [text('催办内容', '写明要单位做什么、何时之前'), toUnit()],
  },
  instruct: {
    verb: '写入批示',
    lead: '牵头（责任）单位须报送办理情况，督查室同时收到；尚未交办的由督查室办理。',
    done: '批示已写入',
    fields: [
      text('批示内容'),
      { key: 'requirement', word: '办理要求', kind: 'line', optional: true },
      { key: 'dueOn', word: '时限', kind: 'date', optional: true, min: (now) => now },
    ],
  },
  'issue-order': {
    verb: '发出督办单',
    lead: '自动编号，单位须在时限内书面回复。',
    done: '督办单已发出',
    fields: [
      {
        key: 'color',
        word: '类别',
        kind: 'choice',
        options: ORDER_COLORS.map((color) => ({
          value: color,
          word: `${ORDER_COLOR_TITLES[color]}（${ORDER_REASONS[color]}）`,
        })),
        initial: () => 'yellow',
      },
      text('督办事由和要求'),
      dueOn('回复时限', 'setting'),
      toUnit(),
    ],
  },
  'answer-order': {
    verb: '提交回复',
    lead: '写明原因、措施和完成时间，督查室认可后办结。',
    done: '已回复',
    evidence: true,
    fields: [text('回复内容')],
  },
  'close-order': {
    verb: '办结',
    lead: '认可单位的回复，督办单到此结束。',
    done: '督办单已办结',
    fields: [],
  },
  'raise-problem': {
    verb: '列入清单',
    lead: '单位须在时限前整改并报送情况。',
    done: '已列入问题清单',
    fields: [
      text('发现的问题'),
      { key: 'measures', word: '整改要求', kind: 'text', optional: true },
      dueOn('整改时限', 10),
      { ...toUnit('不选则由第一牵头（责任）单位整改'), word: '整改单位' },
    ],
  },
  'rectify-problem': {
    verb: '报送',
    lead: '写明采取的措施和结果，督查室核实后销号。',
    done: '整改情况已报送',
    evidence: true,
    fields: [text('整改情况')],
  },
  'close-problem': {
    verb: '销号',
    lead: '整改属实，问题到此结束。',
    done: '问题已销号',
    fields: [],
  },
  'reject-problem': {
    verb: '退回',
    lead: '单位须继续整改；已报送的内容留存。',
    done: '已退回整改',
    danger: true,
    fields: [
      reason(),
      { key: 'dueOn', word: '新的整改时限', kind: 'date', optional: true, min: (now) => now, hint: '不填则仍按原时限' },
    ],
  },
  'set-light': {
    verb: '保存',
    lead: '人工亮灯与按规则得出的灯并列显示，规则的结果不会被抹去。',
    done: '已保存人工亮灯',
    fields: [
      {
        key: 'light',
        word: '评定为',
        kind: 'choice',
        options: [{ value: '', word: '按规则（取消人工亮灯）' }, ...lights],
        initial: () => '',
      },
      { key: 'reason', word: '理由', kind: 'text', optional: true, hint: '人工亮灯须写明理由' },
    ],
  },
  'ask-extension': {
    verb: '提交申请',
    lead: '须在期限届满前提出；督查室同意之前原期限不变。',
    done: '延期申请已提交',
    evidence: true,
    fields: [
      { key: 'deadline', word: '申请延至', kind: 'date', min: (now, deadline) => addDays(deadline ?? now, 1) },
      reason('延期理由'),
    ],
  },
  'ask-suspension': {
    verb: '提交申请',
    lead: '同意之后不再计入统计，可以恢复办理。',
    done: '中止申请已提交',
    evidence: true,
    fields: [reason('中止理由')],
  },
  'withdraw-request': {
    verb: '撤回申请',
    lead: '申请撤回之后可以重新提出。',
    done: '申请已撤回',
    danger: true,
    fields: [],
  },
  grant: {
    verb: '同意',
    lead: '新的内容即刻生效，原来的内容一并留存。',
    done: '已同意',
    fields: [
      {
        key: 'deadline',
        word: '同意延至',
        kind: 'date',
        ifPrefilled: true,
        hint: '可以比申请的早，须晚于原时限',
        min: (now, deadline) => addDays(deadline ?? now, 1),
      },
      { ...reason('意见'), optional: true },
    ],
  },
  refuse: {
    verb: '不同意',
    lead: '原内容不变，单位会看到理由。',
    done: '已答复不同意',
    danger: true,
    fields: [reason()],
  },
  resume: {
    verb: '恢复办理',
    lead: '回到中止之前的状态，重新计入统计。',
    done: '已恢复办理',
    fields: [reason()],
  },
  approve: {
    verb: '通过',
    lead: '通过之后计入进度和亮灯。',
    done: '已审核通过',
    fields: [{ ...reason('意见'), optional: true }],
  },
  return: {
    verb: '退回',
    lead: '单位会看到理由，按要求重新填报；原填报留存。',
    done: '已退回',
    danger: true,
    fields: [reason('退回理由', '写明缺什么、错在哪里')],
  },
  withdraw: {
    verb: '撤回',
    lead: '审核之前可以撤回，撤回后另行填报。',
    done: '填报已撤回',
    danger: true,
    fields: [],
  },
  discard: {
    verb: '删除草稿',
    lead: '草稿连同已上传的佐证材料一并删除。',
    done: '草稿已删除',
    danger: true,
    fields: [],
  },
  fill: {
    verb: '补充',
    lead: '补上没有写明的基期，即时生效；已有的基期要改，请申请变更。',
    done: '基期已补充',
    fields: [
      { key: 'baselineValue', word: fieldEntry('baselineValue').title, kind: 'number' },
      {
        key: 'baselineUnit',
        word: fieldEntry('baselineUnit').title,
        kind: 'line',
        optional: true,
        hint: '不填则与目标的计量单位相同',
      },
      {
        key: 'baselinePeriod',
        word: fieldEntry('baselinePeriod').title,
        kind: 'line',
        optional: true,
        hint: '如 2023年',
      },
    ],
  },
  'record-statistics': {
    verb: '录入',
    lead: '与单位填报并列显示，不改变亮灯；两者有差异时会提示。',
    done: '统计数据已录入',
    fields: [
      { key: 'value', word: '统计值', kind: 'number' },
      { key: 'asOf', word: '数据截止', kind: 'date', max: (now) => now },
      { key: 'note', word: '来源说明', kind: 'text', optional: true },
    ],
  },
  meet: {
    verb: '办结',
    lead: '按已审核的数据已经达到目标。办结之后由另一位督查人员销号。',
    done: '已办结',
    fields: [conclusion('可写明认定依据')],
  },
  close: {
    verb: '销号',
    lead: '办结与销号由两人分别办理。销号之后这一项归档，仍可查阅。',
    done: '已销号',
    fields: [conclusion('可写明核查情况')],
  },
  reopen: {
    verb: '重新挂账',
    lead: '“回头看”发现没有真正完成的，恢复办理。',
    done: '已重新挂账',
    danger: true,
    fields: [reason()],
  },
}
