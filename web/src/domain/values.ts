import type { Kind, Measure, Operator } from '../api/types.ts'

/** A number with grouping and at most four decimals, exactly as large as it is: 0 is a value. */
export function formatNumber(value: number): string {
  const [whole = '0', fraction] = String(Math.round(Math.abs(value) * 10_000) / 10_000).split('.')
  const sign = value < 0 ? '−' : ''
  return sign + whole.replace(/\B(?=(?:\d{3})+$)/g, ',') + (fraction === undefined ? '' : `.${fraction}`)
}

/** Per cent of progress as shown; null is a dash, never 0. */
export const formatPercent = (value: number | null) =>
  value === null ? '—' : `${formatNumber(Math.round(value * 10) / 10)}%`

const OP_WORDS: Record<Exclude<Operator, 'range'>, string> = { '>=': '不低于', '<=': '不高于', '~': '约' }
const MEASURE_WORDS: Record<Measure, string> = { level: '', growth: '增幅', reduction: '降幅', multiple: '' }

/** How the target is compared, in words: 增幅不低于, 不高于, 约; a range has its own. */
export function comparison(op: Operator | null, measure: Measure | null = null): string {
  const change = measure ? MEASURE_WORDS[measure] : ''
  const compared = op === null || op === 'range' ? change : change + OP_WORDS[op]
  return measure === 'multiple' ? `${compared}基期的` : compared
}

export interface TargetFigures {
  kind: Kind
  op: Operator | null
  value: number | null
  valueHigh: number | null
  unit: string | null
}

/** Percent signs stand close to their number, words of measure with a thin gap. */
const withUnit = (figure: string, unit: string | null) =>
  unit === null || unit === '' ? figure : /^[%‰℃°]/.test(unit) ? figure + unit : `${figure} ${unit}`

/** The number or range of the target with its unit of measure; null for a target without a number. */
export function figure(target: TargetFigures): string | null {
  if (target.value === null) return null
  const low = formatNumber(target.value)
  return withUnit(
    target.op === 'range' && target.valueHigh !== null ? `${low}–${formatNumber(target.valueHigh)}` : low,
    target.unit,
  )
}

/** The whole target in words, such as `增幅不低于 8%` or `完成`. */
export function targetWords(target: TargetFigures & { measure?: Measure | null; per?: 'year' | null }): string {
  const number = figure(target)
  if (number === null) return target.kind === 'milestone' ? '按期完成' : '落实到位'
  return `${target.per === 'year' ? '每年' : ''}${comparison(target.op, target.measure)} ${number}`.trim()
}

/** A reported value with the unit of its target. */
export const reportedWords = (value: number | null, unit: string | null) =>
  value === null ? '以文字填报' : withUnit(formatNumber(value), unit)

/** What is still missing to the target, in its unit, or null where it is reached or cannot be said. */
export function gap(
  target: { op: Operator | null; value: number | null; unit: string | null },
  reported: number | null,
): string | null {
  if (target.value === null || reported === null || target.op === null) return null
  const missing =
    target.op === '<='
      ? reported - target.value
      : target.op === '~'
        ? Math.abs(target.value - reported) - Math.abs(target.value) * 0.05
        : target.value - reported
  if (missing <= 0) return null
  return target.op === '~'
    ? '偏离超过 5%'
    : withUnit(
        `${target.op === '<=' ? '高出' : '差'} ${formatNumber(missing)}`,
        target.unit === '%' ? '个百分点' : target.unit,
      )
}

/** Size of a file for people. */
export function fileSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(0)} KB`
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`
}
