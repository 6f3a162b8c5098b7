import { type Operator, type PartKind, ROLL_UP_TITLES, type RollUp } from './target-terms.ts'

/** One part of a 分解: a year with the value to reach by `dueOn`, a unit with its share, a stage with its weight. */
export interface Part {
  label: string
  unitId: number | null
  dueOn: string | null
  value: number | null
  /** Share of the whole, 0–100, for stages. */
  weight: number | null
  /** For a stage 0–100, for a unit its value; null where nothing has been reported yet. */
  reached: number | null
}

interface Whole {
  op: Operator | null
  value: number | null
  unit: string | null
  deadline: string | null
  startOn: string | null
}

/** What stands against a breakdown; `row` counts from 1, null where the whole is meant. */
interface BreakdownError {
  row: number | null
  text: string
}

/** Sums of decimals: 33.3 + 33.3 + 33.4 is 100. */
const near = (a: number, b: number) => Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(a), Math.abs(b))

/** Everything wrong with a breakdown, empty where it may be stored; `rollUp` counts for a breakdown by units. */
export function checkBreakdown(kind: PartKind, rollUp: RollUp, parts: readonly Part[], whole: Whole): BreakdownError[] {
  const errors: BreakdownError[] = []
  const labels = new Set<string>()
  parts.forEach((part, i) => {
    if (labels.has(part.label)) errors.push({ row: i + 1, text: `“${part.label}”重复` })
    labels.add(part.label)
    if (part.dueOn !== null && whole.deadline !== null && part.dueOn > whole.deadline) {
      errors.push({ row: i + 1, text: `“${part.label}”的时限${part.dueOn}晚于总时限${whole.deadline}` })
    }
  })
  if (parts.length === 0) return errors
  if (kind === 'year') return [...errors, ...checkYears(parts, whole)]
  if (kind === 'stage') return [...errors, ...checkStages(parts)]
  return [...errors, ...checkUnits(rollUp, parts, whole)]
}

/** Years in the order of time, each with a date and a value on the way to the target, none past it in the wrong direction. */
function checkYears(parts: readonly Part[], whole: Whole): BreakdownError[] {
  const errors: BreakdownError[] = []
  parts.forEach((part, i) => {
    const before = parts[i - 1]
    if (part.dueOn === null) errors.push({ row: i + 1, text: `“${part.label}”缺少时间节点` })
    if (part.value === null) errors.push({ row: i + 1, text: `“${part.label}”缺少目标值` })
    if (part.dueOn !== null && before?.dueOn && part.dueOn <= before.dueOn)
      errors.push({ row: i + 1, text: `“${part.label}”的时间节点应晚于上一节点` })
    if (part.value === null || before?.value === null || before?.value === undefined) return
    if (whole.op === '<=' ? part.value > before.value : whole.op === '>=' && part.value < before.value) {
      errors.push({ row: i + 1, text: `“${part.label}”的目标值${part.value}与目标方向相反（上一节点${before.value}）` })
    }
  })
  const last = parts[parts.length - 1]
  if (
    last?.value !== null &&
    last?.value !== undefined &&
    whole.value !== null &&
    last.dueOn !== null &&
    last.dueOn === whole.deadline
  ) {
    const short = whole.op === '<=' ? last.value > whole.value : last.value < whole.value
    if (short && !near(last.value, whole.value))
      errors.push({ row: parts.length, text: `末年目标值${last.value}未达到总目标${whole.value}${whole.unit ?? ''}` })
  }
  return errors
}

function checkStages(parts: readonly Part[]): BreakdownError[] {
  const errors: BreakdownError[] = parts.flatMap((part, i) =>
    part.weight === null || part.weight <= 0 || part.weight > 100
      ? [{ row: i + 1, text: `“${part.label}”的权重应大于0、不超过100` }]
      : [],
  )
  const sum = parts.reduce((total, part) => total + (part.weight ?? 0), 0)
  if (errors.length === 0 && !near(sum, 100))
    errors.push({ row: null, text: `各阶段权重之和为${Number(sum.toFixed(4))}，应为100` })
  return errors
}

/** The parts together must keep the promise: for "at least" their sum or average may be more, for "at most" less. */
function checkUnits(rollUp: RollUp, parts: readonly Part[], whole: Whole): BreakdownError[] {
  if (rollUp !== 'sum' && rollUp !== 'average') return []
  // Members of a group that were given the whole without shares of their own.
  if (parts.every((part) => part.value === null)) return []
  const errors: BreakdownError[] = parts.flatMap((part, i) =>
    part.value === null ? [{ row: i + 1, text: `“${part.label}”缺少分解值` }] : [],
  )
  if (errors.length > 0 || whole.value === null) return errors
  const total = parts.reduce((sum, part) => sum + (part.value ?? 0), 0)
  const figure = rollUp === 'sum' ? total : total / parts.length
  const kept =
    near(figure, whole.value) || (whole.op === '<=' ? figure < whole.value : whole.op !== '~' && figure > whole.value)
  if (kept) return []
  return [
    {
      row: null,
      text: `分解值的${ROLL_UP_TITLES[rollUp]}为${Number(figure.toFixed(4))}，不能保证总目标${whole.value}${whole.unit ?? ''}`,
    },
  ]
}

/**
 * The whole by its parts: `value` in the unit of the target, or per cent of the work for stages; `reported` of the `parts`
 * have a value.
 */
interface RolledUp {
  value: number | null
  unit: 'target' | 'percent'
  reported: number
  parts: number
}

/** Rolls the stages up by their weight; one without a value counts as 0 %. Null without stages. */
export function rollUpStages(parts: readonly Pick<Part, 'reached' | 'weight'>[]): RolledUp | null {
  if (parts.length === 0) return null
  const reported = parts.filter((part) => part.reached !== null)
  const value = reported.reduce((total, part) => total + (part.reached ?? 0) * (part.weight ?? 0), 0) / 100
  return {
    value: reported.length === 0 ? null : value,
    unit: 'percent',
    reported: reported.length,
    parts: parts.length,
  }
}

/** Rolls the reached values of the units up ({@link rolledValue}). Null without parts. */
export function rollUpUnits(rollUp: RollUp, parts: readonly Pick<Part, 'reached'>[]): RolledUp | null {
  if (parts.length === 0) return null
  const reached = parts.flatMap((part) => part.reached ?? [])
  return {
    value: rolledValue(rollUp, reached, parts.length),
    unit: 'target',
    reported: reached.length,
    parts: parts.length,
  }
}

/** Units of measure of a rate: what each has to keep does not add up. */
const RATE = /[%‰/]|百分点/

/** How the values of several units most likely make the whole, where nobody has said: amounts add up, a rate is kept by each. */
export const likelyRollUp = ({ value, unit }: Pick<Whole, 'value' | 'unit'>): RollUp =>
  value === null ? 'all' : RATE.test(unit ?? '') ? 'worst' : 'sum'

/** Whether it reckons with numbers: where a target has none, its units stand as they are. */
export const needsNumbers = (rollUp: RollUp): boolean => rollUp === 'sum' || rollUp === 'average'

/**
 * What several units have reached together: an average waits until all of them have a value, a sum adds those that are there.
 * Null where there is none, and where the whole stands as its worst unit does.
 * @param units how many have to report
 */
export function rolledValue(rollUp: RollUp, reached: readonly number[], units: number): number | null {
  const sum = reached.reduce((total, value) => total + value, 0)
  if (rollUp === 'sum') return reached.length === 0 ? null : sum
  return rollUp === 'average' && reached.length === units && units > 0 ? sum / units : null
}
