import type { Kind, Measure, Operator, State } from '../api/types.ts'
import { formatNumber, targetWords } from './values.ts'

/** What the lists of supervision say of a target. */
export interface Brief {
  /** Absent in bulletins of before it was kept, as are measure and per. */
  kind?: Kind
  op: string | null
  value: number | null
  valueHigh: number | null
  unit: string | null
  measure?: Measure | null
  per?: 'year' | null
}

const OPS: readonly string[] = ['>=', '<=', '~', 'range']
const asOperator = (op: string | null) => (op !== null && OPS.includes(op) ? (op as Operator) : null)

/** `每年增幅不低于 7.5%`; a target without a number is to be completed. */
export const briefWords = (brief: Brief) =>
  targetWords({
    ...brief,
    kind: brief.kind ?? (brief.value === null ? 'milestone' : 'quantity'),
    op: asOperator(brief.op),
  })

/** A changed field of a 变更 or of two versions of one record, in words. */
export const FIELD_WORDS: Record<string, string> = {
  indicator: '指标',
  kind: '类别',
  op: '比较方式',
  value: '目标值',
  valueHigh: '目标上限',
  unit: '计量单位',
  measure: '口径',
  per: '周期',
  deadline: '完成时限',
  baselineValue: '基期值',
  baselineUnit: '基期单位',
  baselinePeriod: '基期时间',
  startOn: '起始日期',
  reportFrequency: '填报频次',
  state: '办理状态',
  units: '承办单位',
  manualLight: '人工亮灯',
  supervisorId: '督查责任人',
  contactLeaderId: '联系领导',
  asOf: '数据截止',
  note: '说明',
  done: '是否完成',
}

const VALUE_WORDS: Record<string, Record<string, string>> = {
  op: { '>=': '不低于', '<=': '不高于', '~': '约', range: '区间' },
  measure: { level: '水平', growth: '增幅', reduction: '降幅', multiple: '倍数' },
  kind: { quantity: '量化指标', milestone: '时间节点', duty: '责任分工' },
  reportFrequency: { monthly: '按月', quarterly: '按季', yearly: '按年' },
  per: { year: '每年' },
  state: {
    extracted: '待校核',
    confirmed: '已立项',
    assigned: '已交办',
    signed: '已签收',
    in_progress: '办理中',
    reported: '待审核',
    returned: '已退回',
    met: '已办结',
    closed: '已销号',
    suspended: '已中止',
    dropped: '不予立项',
    merged: '已合并',
  } satisfies Record<State, string>,
  manualLight: {
    overdue: '逾期',
    behind: '滞后',
    due_soon: '临期',
    normal: '正常',
    done: '已完成',
    unreported: '未报',
  },
}

/** The value of a field as people read it. */
export function fieldValue(field: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return '（空）'
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (typeof value === 'number') return formatNumber(value)
  if (Array.isArray(value))
    return (
      value
        .map((one: unknown) =>
          typeof one === 'object' && one !== null && 'name' in one ? String(one.name) : String(one),
        )
        .join('、') || '（空）'
    )
  const text = String(value)
  return VALUE_WORDS[field]?.[text] ?? text
}

/** Fields of two versions of a record that people know by a word (those of a target, unless others are given) and that differ. */
export function changedFields(
  before: Record<string, unknown>,
  after: Record<string, unknown>,
  words: Record<string, string> = FIELD_WORDS,
): { field: string; word: string; before: string; after: string }[] {
  return Object.entries(words).flatMap(([field, word]) => {
    if (!(field in before) || !(field in after)) return []
    const [was, is] = [fieldValue(field, before[field]), fieldValue(field, after[field])]
    return was === is ? [] : [{ field, word, before: was, after: is }]
  })
}

/** A number as people type it: grouping commas, full-width digits and a trailing unit sign are read; null where it is none. */
export function readNumber(text: string): number | null {
  const plain = text
    .normalize('NFKC')
    .replace(/[,，\s]/g, '')
    .replace(/−/g, '-')
    .replace(/%$/, '')
  return /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)$/.test(plain) ? Number(plain) : null
}
