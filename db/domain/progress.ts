import type { Measure, Operator } from './target-terms.ts'

/** What progress is measured against: the value fields of a target. */
export interface Goal {
  op: Operator | null
  /** Lower end where `op` is `range`; null for a target without a number. */
  value: number | null
  measure: Measure | null
  baselineValue: number | null
}

/** 约 (`~`) means within this share of the target's own size. */
const ABOUT = 0.05

/** By how much a value may miss a target of 约 and still keep it. */
export const aboutMargin = (target: number): number => ABOUT * Math.abs(target)

/** Whether `value` keeps the promise: `>=` v ≥ t, `<=` v ≤ t, `~` |v − t| ≤ 5 % of |t|, `range` v ≥ its lower end. */
export function isMet(goal: Goal, value: number): boolean {
  if (goal.value === null) return false
  switch (goal.op) {
    case '<=':
      return value <= goal.value
    case '~':
      return Math.abs(value - goal.value) <= aboutMargin(goal.value)
    default:
      return value >= goal.value
  }
}

/**
 * The baseline that progress starts from, null where there is none. A growth, reduction or multiple is reported as
 * itself, so the level it once started from (比2015年提高5个百分点, 2015年82.9%) is not on its scale and is not used.
 */
export const usableBaseline = (goal: Goal): number | null =>
  goal.measure === null || goal.measure === 'level' ? goal.baselineValue : null

/** 缺基期: a level to reach whose starting point nobody wrote down, so that its progress can only be a plain share. */
export const lacksBaseline = (goal: Goal): boolean =>
  goal.value !== null && (goal.measure === null || goal.measure === 'level') && goal.baselineValue === null

/**
 * How far `value` has come, in per cent, by the published rule: with a baseline (v − b)/(t − b), without one v/t where
 * more is better and t/v where less is. 100 or more exactly when the target is met. It may be negative (further away
 * than at the start), and is finite for finite input: where the baseline already is where it should be, and where a
 * share of zero would have to be taken, it is 100 when met and 0 when not.
 * @returns null for a target without a number
 */
export function progressOf(goal: Goal, value: number): number | null {
  const target = goal.value
  if (target === null) return null
  const met = isMet(goal, value)
  const baseline = usableBaseline(goal)
  const percent =
    100 * (baseline === null ? shareOfTarget(goal, value, target) : shareOfWay(goal, value, baseline, target))
  if (!Number.isFinite(percent)) return met ? 100 : 0
  // Rounding and the 5 % of "about" must not tell a story that contradicts "met".
  return met ? Math.max(percent, 100) : Math.min(percent, 99.99)
}

/** Share of the way from baseline to target; for "about" an overshoot counts back. NaN where there is no way to go. */
function shareOfWay(goal: Goal, value: number, baseline: number, target: number): number {
  if (isMet(goal, baseline) && goal.op !== '~') return NaN
  if (baseline === target) return NaN
  const overshot = goal.op === '~' && Math.sign(value - target) === Math.sign(target - baseline)
  return overshot
    ? 1 - Math.abs(value - target) / Math.abs(target - baseline)
    : (value - baseline) / (target - baseline)
}

/** The value as a share of the target, or the target as a share of the value where less is better. NaN at zero. */
function shareOfTarget(goal: Goal, value: number, target: number): number {
  if (target === 0) return NaN
  // Under zero the larger number is the smaller amount, so the share turns over.
  const turned = goal.op === '~' ? Math.abs(value) > Math.abs(target) : (goal.op === '<=') !== target < 0
  if (!turned) return value / target
  return value === 0 ? NaN : target / value
}
