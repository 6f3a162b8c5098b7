import { FREQUENCY_TITLES } from '../../../db/domain/dates.ts'
import { LIGHT_TITLES } from '../../../db/domain/lights.ts'
import { formatNumber } from '../../../db/domain/numbers.ts'
import { STATE_TITLES } from '../../../db/domain/states.ts'
import {
  type Kind,
  KIND_TITLES,
  type Measure,
  MEASURE_TITLES,
  OPERATOR_TITLES,
  PER_TITLES,
} from '../../../db/domain/target-terms.ts'
import { targetWords } from '../../../db/domain/target-words.ts'

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

/** `每年增幅不低于 7.5%`; a target without a number is to be completed. */
export const briefWords = (brief: Brief) =>
  targetWords({
    ...brief,
    kind: brief.kind ?? (brief.value === null ? 'milestone' : 'quantity'),
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
  op: OPERATOR_TITLES,
  measure: MEASURE_TITLES,
  kind: KIND_TITLES,
  reportFrequency: FREQUENCY_TITLES,
  per: PER_TITLES,
  state: STATE_TITLES,
  manualLight: LIGHT_TITLES,
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
