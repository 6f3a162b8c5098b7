import type { Kind, Measure, Operator } from './target-terms.ts'

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
