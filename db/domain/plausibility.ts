import { formatPercent, plainNumber } from './numbers.ts'
import type { Kind, Measure, Operator } from './target-terms.ts'

/** What a value is held against. */
export interface PlausibilityGoal {
  kind: Kind
  op: Operator | null
  value: number | null
  unit: string | null
  measure: Measure | null
  baselineValue: number | null
}

interface NewValue {
  value: number | null
  asOf: string
  /** Unit the reporter had in mind, where the form or the template states one. */
  unit?: string | null
}

interface EarlierValue {
  value: number | null
  asOf: string
}

/** A doubt about a value: a question to the reporter, never a wall. `code` is stable. */
export interface Warning {
  code: WarningCode
  text: string
}
export const WARNING_CODES = [
  'unit-differs',
  'order-of-magnitude',
  'jump',
  'wrong-direction',
  'over-hundred',
  'negative',
  'older',
  'same-day',
] as const
export type WarningCode = (typeof WARNING_CODES)[number]

/** From this factor between two values on, the unit is doubted: 亿 and 万 are 10⁴ apart, 千 and one 10³, % and a share 10². */
const MAGNITUDE = 100

/**
 * Doubts about a reported value, none for a report without a number.
 * @param earlier approved values of the target, in any order
 * @param jumpPercent change against the last value, in per cent of it, from which on it is a jump; 0 or more
 */
export function plausibility(
  goal: PlausibilityGoal,
  next: NewValue,
  earlier: readonly EarlierValue[],
  jumpPercent: number,
): Warning[] {
  const v = next.value
  if (v === null) return []
  const before = earlier
    .filter((e) => e.asOf < next.asOf && e.value !== null)
    .sort((a, b) => (a.asOf < b.asOf ? 1 : -1))[0]
  const last = before?.value ?? null
  const unit = goal.unit ?? ''
  const say = (n: number) => `${plainNumber(n)}${unit}`
  const warnings: Warning[] = []
  const warn = (code: WarningCode, text: string) => warnings.push({ code, text })

  if (next.unit && goal.unit && next.unit.trim() !== goal.unit)
    warn('unit-differs', `填报单位为“${next.unit.trim()}”，目标单位为“${goal.unit}”，请换算后填报`)
  const reference = last ?? goal.value
  if (farApart(v, reference)) {
    warn(
      'order-of-magnitude',
      `填报值${say(v)}与${last === null ? '目标值' : '上次值'}${say(reference ?? 0)}相差百倍以上，请核对计量单位`,
    )
  } else if (last !== null && Math.abs(v - last) * 100 > jumpPercent * Math.abs(last) && v !== last) {
    const words =
      last === 0
        ? `上次为0，本次为${say(v)}`
        : `比上次（${before?.asOf}，${say(last)}）${v > last ? '增加' : '减少'}${formatPercent((Math.abs(v - last) / Math.abs(last)) * 100)}`
    warn('jump', `${words}，请核对`)
  }
  if (last !== null && movesAway(goal, v, last)) {
    warn(
      'wrong-direction',
      `目标应${goal.op === '<=' ? '下降' : '上升'}，本次${say(v)}比上次${say(last)}${v > last ? '上升' : '下降'}，请核对或说明原因`,
    )
  }
  const isShare = /^(?:%|％|百分比)$/.test(unit) && (goal.measure === null || goal.measure === 'level')
  // Where the target itself passes 100 % (资金到位率达到120%), more than 100 is nothing to wonder at.
  if (isShare && v > 100 && (goal.value ?? 0) <= 100) warn('over-hundred', `占比类指标填报值${say(v)}超过100%，请核对`)
  if (v < 0 && (goal.value ?? 0) >= 0 && goal.measure !== 'growth' && (goal.baselineValue ?? 0) >= 0)
    warn('negative', `填报值${say(v)}为负数，请核对`)
  if (earlier.some((e) => e.asOf === next.asOf))
    warn('same-day', `${next.asOf}已有审核通过的数据，本次审核通过后将以本次为准（原数据保留）`)
  else if (earlier.some((e) => e.asOf > next.asOf))
    warn('older', `${next.asOf}早于已审核的数据，本次为补报历史数据，请确认`)
  return warnings
}

function farApart(a: number, b: number | null): boolean {
  if (b === null || a === 0 || b === 0) return false
  const ratio = Math.abs(a / b)
  return ratio >= MAGNITUDE || ratio <= 1 / MAGNITUDE
}

/** A level that is to rise falls, or the other way round. A growth rate may go up and down as it likes. */
function movesAway(goal: PlausibilityGoal, v: number, last: number): boolean {
  if (goal.measure !== null && goal.measure !== 'level') return false
  if (goal.op === '<=') return v > last
  return (goal.op === '>=' || goal.op === 'range') && v < last
}
