/** Invented but plausible values: rising with the seasons of the trade, noisy where rates are, rounded as offices round. */
import { addDays, daysBetween } from '../../../db/domain/dates.ts'
import { expectedOn } from '../../../db/domain/expected.ts'
import { isMet } from '../../../db/domain/progress.ts'
import { DEMO_TODAY } from '../../schema.ts'
import type { QuantityNote } from '../source.ts'
import { periodEnds } from './days.ts'
import { goalValue, type Plan } from './plan.ts'
import type { Random } from './random.ts'

interface Point {
  asOf: string
  value: number
}

/** Share of a year's work that is done by the end of each month: little at New Year, much before the year's end. */
const SEASON = [0, 0.04, 0.08, 0.16, 0.25, 0.34, 0.45, 0.54, 0.62, 0.72, 0.81, 0.9, 1]

/** Reported values up to today, the last of which gives the light that the plan wants. */
export function trajectory(plan: Plan, note: QuantityNote, random: Random): Point[] {
  const target = goalValue(note) ?? 0
  const goal = { op: note.op, value: target, measure: note.measure, baselineValue: plan.baseline }
  const dates = reportDates(plan)
  const met = metDate(plan, note, dates, random)
  const until =
    met === null || plan.deadline === null || plan.deadline > DEMO_TODAY
      ? dates
      : dates.filter((date) => date <= addDays(met, 100))
  const last = until.at(-1)
  if (last === undefined) return []
  const end = met ?? last
  const share = met === null ? lastShare(plan, note, random) : 1
  const step = stepOf(note, target, plan.baseline)
  let previous = -Infinity
  return until.map((asOf) => {
    if (met !== null && asOf >= met) {
      const value = reached(
        note,
        target,
        step,
        random.between(0, slack(plan, note) * (asOf === met && met !== until[0] ? 0.2 : 1)),
      )
      // What has been counted stays counted.
      previous = (step === 1 || plan.baseline === 0) && note.op === '>=' ? Math.max(previous, value) : value
      return { asOf, value: previous }
    }
    const way = wayBy(plan, note, asOf, end) * share
    const noise = isRate(plan, note)
      ? swing(asOf, plan.fate) + random.between(-0.04, 0.04)
      : random.between(-0.015, 0.015)
    let value = round(valueAt(note, target, scaleStart(plan, note), way + (asOf === end ? 0 : noise)), step)
    if (plan.baseline === 0) value = Math.max(previous, value)
    // Not met yet, whatever the rounding says.
    for (let i = 0; isMet(goal, value) && i < 400; i++) value = round(value + (note.op === '<=' ? step : -step), step)
    previous = Math.max(0, value)
    return { asOf, value: previous }
  })
}

/** Last days of the periods to report, with the deadline's own day where a report on time needs it. */
function reportDates(plan: Plan): string[] {
  const { deadline } = plan
  const dates = periodEnds(plan.startOn, plan.frequency)
  const extra = [
    deadline !== null && deadline <= DEMO_TODAY ? deadline : null,
    plan.fate === 'done-late' && plan.frequency === 'yearly' ? '2026-06-30' : null,
  ]
  return [...new Set([...dates, ...extra.filter((d) => d !== null)])].sort()
}

/** The period in which the promise is kept, null where it is not. */
function metDate(plan: Plan, note: QuantityNote, dates: string[], random: Random): string | null {
  const { deadline, fate, baseline } = plan
  if (fate !== 'done' && fate !== 'done-late') return null
  const onTime = dates.filter((date) => deadline === null || date <= deadline)
  const after = dates.filter((date) => deadline !== null && date > deadline)
  const goal = { op: note.op, value: goalValue(note), measure: note.measure, baselineValue: baseline }
  // What is to be kept as it is was never missed.
  if (fate === 'done' && (isRate(plan, note) || (baseline !== null && isMet(goal, baseline)))) return onTime[0] ?? null
  if (fate === 'done') return onTime.at(onTime.length > 2 && random.chance(0.6) ? -2 : -1) ?? null
  return after[Math.min(after.length - 1, plan.frequency === 'monthly' ? 2 : random.chance(0.5) ? 0 : 1)] ?? null
}

/** How far, 0–1, a target that is not met has come by its last report. */
function lastShare(plan: Plan, note: QuantityNote, random: Random): number {
  const expected =
    (expectedOn(
      {
        op: note.op,
        value: goalValue(note),
        measure: note.measure,
        baselineValue: plan.baseline,
        startOn: plan.startOn,
        deadline: plan.deadline,
        years: plan.years,
      },
      DEMO_TODAY,
    ) ?? 90) / 100
  if (plan.fate === 'overdue') return random.between(0.74, 0.95)
  if (plan.fate === 'behind') return Math.max(0.12, expected - random.between(0.15, 0.3))
  return Math.min(0.97, Math.max(0.05, expected - random.between(0.005, 0.06)))
}

/** A change that adds up over more than a year (比2020年下降18%) grows from nothing; one within a year is a rate. */
const addsUp = (plan: Plan, note: QuantityNote) =>
  note.measure !== 'level' &&
  note.per === null &&
  (note.measure === 'multiple' ||
    daysBetween(plan.startOn, plan.deadline ?? DEMO_TODAY) > (note.unit === '百分点' ? 200 : 400))

/** Reported anew each time instead of adding up: growth of the year so far, a share that is to be kept. */
const isRate = (plan: Plan, note: QuantityNote) => plan.baseline === null && !addsUp(plan, note)

/** Where the invented values begin: the baseline, or nothing for a change that adds up; null for a rate. */
const scaleStart = (plan: Plan, note: QuantityNote) =>
  plan.baseline ?? (addsUp(plan, note) ? (note.measure === 'multiple' ? 1 : 0) : null)

/** By how much a kept promise is outdone at most. */
const slack = (plan: Plan, note: QuantityNote) =>
  isRate(plan, note) && note.unit === '%' ? (note.op === '<=' ? 0.1 : 0.09) : 0.012

/** Rates begin the year well where they end badly, and fall off in the heat of summer. */
function swing(asOf: string, fate: Plan['fate']): number {
  const month = Number(asOf.slice(5, 7))
  return (fate === 'behind' || fate === 'overdue' ? 0.14 : 0.02) * Math.cos(((month - 2) / 12) * 2 * Math.PI)
}

/** Share of the way made by a day: along the seasons for what is counted from nothing, else nearly straight. */
function wayBy(plan: Plan, note: QuantityNote, asOf: string, end: string): number {
  if (asOf >= end || isRate(plan, note)) return 1
  const straight = daysBetween(plan.startOn, asOf) / Math.max(1, daysBetween(plan.startOn, end))
  if (plan.baseline !== 0) return Math.min(1, Math.max(0, straight)) ** 1.15
  // A plan of the year that comes out in its first months counts the whole year.
  const from = plan.startOn.slice(5) < '04-01' ? `${plan.startOn.slice(0, 4)}-01-01` : plan.startOn
  return Math.min(1, work(from, asOf) / Math.max(1e-9, work(from, end)))
}

/** Work done between two days by the seasons, in years. */
function work(from: string, to: string): number {
  const by = (date: string) => {
    const month = Number(date.slice(5, 7))
    const day = Number(date.slice(8, 10)) / 31
    const done = SEASON[month - 1] ?? 0
    return Number(date.slice(0, 4)) + done + day * ((SEASON[month] ?? 1) - done)
  }
  return Math.max(0, by(to) - by(from))
}

function valueAt(note: QuantityNote, target: number, baseline: number | null, way: number): number {
  if (baseline !== null) return baseline + way * (target - baseline)
  return note.op === '<=' ? target / Math.max(0.1, way) : target * way
}

/** A value that keeps the promise: the target itself or a little better, never more than all. */
function reached(note: QuantityNote, target: number, step: number, over: number): number {
  if (note.op === '~') return round(target * (1 - over / 2), step)
  const better = round(target * (1 + (note.op === '<=' ? -over : over)), step)
  if (note.op === '<=') return Math.min(target, better)
  const most = note.unit === '%' && note.measure === 'level' ? Math.max(target, 100) : Infinity
  return Math.min(most, Math.max(target, better))
}

/** What is counted in whole pieces. */
const PIECES = new Set([
  '个',
  '家',
  '座',
  '项',
  '名',
  '处',
  '所',
  '户',
  '张',
  '套',
  '根',
  '件',
  '条（个）',
  '人次',
  '起',
])

/** The smallest difference that is reported. */
function stepOf(note: QuantityNote, target: number, baseline: number | null): number {
  if (PIECES.has(note.unit) && Number.isInteger(target)) {
    // 每千人口 3.2 人 style rates have decimals; whole numbers of things do not.
    return Number.isInteger(baseline ?? 0) ? 1 : 0.1
  }
  const decimals = Math.max(...[target, baseline ?? 0].map((v) => (String(v).split('.')[1] ?? '').length))
  if (decimals > 0) return 10 ** -Math.max(decimals, target < 5 ? 2 : 1)
  return target >= 1000 ? 1 : 0.1
}

const round = (value: number, step: number) => Number((Math.round(value / step) * step).toFixed(4))
